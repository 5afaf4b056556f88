package dev.dumpkeeper.digest;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.dumpkeeper.ledger.DumpLedger.UnnotifiedDump;
import dev.dumpkeeper.notify.wecom.TestWecom;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client sees in a page, and what no page may hold.
 */
final class Pages {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{dump:(-?[0-9]+)}}");

	private static final Pattern OWN_LINK = Pattern.compile("\\[(下载|download)]\\(\\{\\{dump:-?[0-9]+}}\\)");

	private static final Pattern OWN_COLOUR = Pattern.compile("<font color=\"(info|comment|warning)\">|</font>");

	private Pages() {
	}

	/** The text with an address of the given number of bytes for each dump. */
	static String filled(String text, List<DigestGroup> groups, ToIntFunction<UnnotifiedDump> linkBytes) {
		Map<Long, UnnotifiedDump> dumps = groups.stream()
			.flatMap((group) -> group.newest().stream())
			.collect(Collectors.toMap(UnnotifiedDump::id, (dump) -> dump));
		return PLACEHOLDER.matcher(text).replaceAll((found) -> {
			UnnotifiedDump dump = dumps.get(Long.valueOf(found.group(1)));
			assertThat(dump).as("the dump of " + found.group()).isNotNull();
			return "x".repeat(linkBytes.applyAsInt(dump));
		});
	}

	/** Fails when the robot would refuse a text, or a name in it could act. */
	static void assertHarmless(String filled, String text) {
		assertThat(utf8(filled).length).isLessThanOrEqualTo(TestWecom.DIALECT.pageBytes());
		String foreign = OWN_COLOUR.matcher(OWN_LINK.matcher(text).replaceAll("")).replaceAll("");
		assertThat(foreign).doesNotContain("<", ">@", "[", "]", "@", "{", "}", "://", "\\", "&")
			.doesNotContainIgnoringCase("www.");
		foreign.lines().forEach((line) -> {
			assertThat(line.substring(line.startsWith("> ") ? 2 : 0)).doesNotContain(">");
			assertThat(line.chars().filter((c) -> c == '`').count() % 2).as(line).isZero();
		});
		assertThat(text.codePoints().filter(Pages::isUnfit).mapToObj("U+%04X"::formatted)).isEmpty();
	}

	private static boolean isUnfit(int c) {
		return switch (Character.getType(c)) {
			case Character.CONTROL -> c != '\n';
			case Character.FORMAT, Character.PRIVATE_USE, Character.UNASSIGNED, Character.SURROGATE -> true;
			default -> false;
		};
	}

	/** The text's bytes; fails on a lone surrogate. */
	static byte[] utf8(String text) {
		try {
			ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder()
				.onMalformedInput(CodingErrorAction.REPORT)
				.onUnmappableCharacter(CodingErrorAction.REPORT)
				.encode(CharBuffer.wrap(text));
			byte[] copy = new byte[bytes.remaining()];
			bytes.get(copy);
			return copy;
		}
		catch (CharacterCodingException ex) {
			throw new AssertionError("not valid UTF-8: " + text, ex);
		}
	}

	static long links(String text) {
		Matcher links = OWN_LINK.matcher(text);
		return links.results().count();
	}

}
