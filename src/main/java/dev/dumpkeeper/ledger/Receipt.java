package dev.dumpkeeper.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.dumpkeeper.text.SafeText;

/**
 * A receipt that a notifier script left beside a dump as {@code NAME.event}: one JSON
 * object. It is untrusted, and every field may be missing. The script copies bytes
 * without cleaning them, so texts are cleaned and truncated here: unsafe characters are
 * replaced by their numbers and invalid UTF-8 by U+FFFD.
 *
 * @param isFailed whether it reports that no complete dump was written
 * @param reason the script's explanation, at most 400 characters
 * @param environment the pod's {@code project_env}, at most 200 characters
 * @param pod the pod's name, at most 253 characters
 * @param project the pod's {@code pkg}, at most 200 characters
 * @param isNotified whether the script has notified people itself
 */
record Receipt(boolean isFailed, String reason, String environment, String pod, String project, boolean isNotified) {

	/**
	 * The script writes a few hundred bytes, at most 5.6 KiB with the longest values that
	 * it accepts.
	 */
	static final int MAX_BYTES = 8192;

	/**
	 * Stands for a file that cannot be parsed. Without a dump beside it, it counts as a
	 * failed one, so that people are notified.
	 */
	static final Receipt UNREADABLE = new Receipt(true, "the receipt cannot be read", "", "", "", false);

	/**
	 * Parses a receipt.
	 * @param content the file
	 * @param dump the file name of the dump beside it
	 * @return the receipt, or empty when it is not a JSON object or belongs to another
	 * dump
	 */
	static Optional<Receipt> parse(byte[] content, String dump) {
		try {
			// Decoded here, since the parser rejects everything for one byte of invalid
			// UTF-8.
			JsonNode json = JsonMapper.shared().readTree(new String(content, StandardCharsets.UTF_8));
			if (!json.isObject() || json.has("dump") && !text(json, "dump").equals(dump)) {
				return Optional.empty();
			}
			String status = text(json, "status");
			return Optional.of(new Receipt(!status.isEmpty() && !status.equals("written"), clean(json, "reason", 400),
					clean(json, "environment", 200), clean(json, "pod", 253), clean(json, "project", 200),
					json.path("told").asBoolean(false)));
		}
		catch (JacksonException ex) {
			return Optional.empty();
		}
	}

	private static String clean(JsonNode json, String field, int length) {
		return SafeText.cut(SafeText.oneLine(text(json, field)), length);
	}

	private static String text(JsonNode json, String field) {
		JsonNode value = json.path(field);
		return value.isString() ? value.asString() : "";
	}

}
