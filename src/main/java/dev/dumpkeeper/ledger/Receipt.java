package dev.dumpkeeper.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.dumpkeeper.text.SafeText;

/**
 * What a notifier script left beside a dump as {@code NAME.event}: one JSON object. It is
 * foreign input, and every field may be missing. The script carries bytes and cleans
 * nothing; texts are cleaned and cut here: unsafe characters are shown by their numbers,
 * and bytes that are no UTF-8 as U+FFFD.
 *
 * @param isFailed whether it says that no whole dump was written
 * @param reason the script's words about that, at most 400 characters
 * @param environment the pod's {@code project_env}, at most 200 characters
 * @param pod the pod's name, at most 253 characters
 * @param project the pod's {@code pkg}, at most 200 characters
 * @param isTold whether the script has told people itself
 */
record Receipt(boolean isFailed, String reason, String environment, String pod, String project, boolean isTold) {

	/**
	 * The script writes a few hundred bytes, and 5.6 KiB of the longest values it takes.
	 */
	static final int MAX_BYTES = 8192;

	/**
	 * Stands for a file that is no receipt. Whoever left it had something to say: where
	 * no dump lies beside it, it counts as one that failed, so that people hear of it.
	 */
	static final Receipt UNREADABLE = new Receipt(true, "the receipt cannot be read", "", "", "", false);

	/**
	 * Reads a receipt.
	 * @param content the file
	 * @param dump the file name of the dump that it lies beside
	 * @return what it says, or empty where it is no JSON object or speaks of another dump
	 */
	static Optional<Receipt> parse(byte[] content, String dump) {
		try {
			// Decoded here, since the parser refuses all for one byte that is no UTF-8.
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
