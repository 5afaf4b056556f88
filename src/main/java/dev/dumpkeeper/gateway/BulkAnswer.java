package dev.dumpkeeper.gateway;

import java.util.List;

/**
 * What the gateway said to a bulk delete. It is a claim, not a proof: JuiceFS 1.4.2
 * reports keys as deleted that are still there and names wrong keys in its errors.
 *
 * @param deleted how many keys it called deleted
 * @param named whether it named them; JuiceFS 1.4 does not, and there the keys of one
 * directory go together or not at all
 * @param refusals what it refused
 */
public record BulkAnswer(int deleted, boolean named, List<Refusal> refusals) {

	/**
	 * One error entry.
	 *
	 * @param name the name it gives, not necessarily the one that was refused
	 * @param code the S3 error code
	 * @param message the gateway's words
	 */
	public record Refusal(String name, String code, String message) {

	}

}
