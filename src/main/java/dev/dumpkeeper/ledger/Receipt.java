package dev.dumpkeeper.ledger;

import java.util.Optional;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.dumpkeeper.text.SafeText;

/**
 * What a notifier script left beside a dump as {@code NAME.event}: one JSON object. It is
 * foreign input, and every field may be missing.
 *
 * @param isFailed whether it says that no whole dump was written
 * @param reason the script's words about that
 * @param environment the pod's {@code project_env}
 * @param pod the pod's name
 * @param project the pod's {@code pkg}
 * @param isTold whether the script has told people itself
 */
record Receipt(boolean isFailed, String reason, String environment, String pod, String project, boolean isTold) {

	/** The script writes a few hundred bytes. */
	static final int MAX_BYTES = 8192;

	/**
	 * Reads a receipt.
	 * @param content the file
	 * @param dump the file name of the dump that it lies beside
	 * @return what it says, or empty where it is no JSON object or speaks of another dump
	 */
	static Optional<Receipt> parse(byte[] content, String dump) {
		try {
			JsonNode json = JsonMapper.shared().readTree(content);
			if (!json.isObject() || json.has("dump") && !text(json, "dump").equals(dump)) {
				return Optional.empty();
			}
			String status = text(json, "status");
			return Optional.of(new Receipt(!status.isEmpty() && !status.equals("written"), text(json, "reason"),
					text(json, "environment"), text(json, "pod"), SafeText.cut(text(json, "project"), 200),
					json.path("told").asBoolean(false)));
		}
		catch (JacksonException ex) {
			return Optional.empty();
		}
	}

	private static String text(JsonNode json, String field) {
		JsonNode value = json.path(field);
		return value.isString() ? value.asString() : "";
	}

}
