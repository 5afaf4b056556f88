package dev.dumpkeeper.gateway;

import java.util.List;

/**
 * The gateway's answer to a bulk delete. It is a claim, not a proof: JuiceFS 1.4.2
 * reports keys as deleted that still exist and names wrong keys in its errors.
 *
 * @param deleted how many keys it reported as deleted
 * @param named whether it named them; JuiceFS 1.4 does not, and there the keys of one
 * directory succeed or fail together
 * @param refusals the keys that it refused
 */
public record BulkAnswer(int deleted, boolean named, List<Refusal> refusals) {

	/**
	 * One error entry.
	 *
	 * @param name the reported name, not necessarily the one that was refused
	 * @param code the S3 error code
	 * @param message the gateway's message
	 */
	public record Refusal(String name, String code, String message) {

	}

}
