package dev.dumpkeeper.digest;

import java.util.List;
import java.util.Random;

/**
 * Names that somebody made to do harm, or that happened.
 */
final class Hostile {

	private static final List<String> PIECES = List.of("<@all>", "@all", "<", ">", "`", "``", "](", "[", "]", "(", ")",
			"](https://evil.example)", "{{dump:1}}", "{{", "}}", "](\u200B{{dump:2}})", "http://", ":\u200D//", "www.",
			"</font>", "<font color=\"info\">", "&lt;", "\\", "**", "__", "~~", "|", "\n", "\r\n", "\n# ", "\n> ",
			"\u2028", "\t", "\u0000", "\u001B[31m", "\u202E", "\u2066", "\uFEFF", "\uD83D", "\uDE00", "\uE000",
			"\uFFFF", "\u0301", "\u0335\u0336\u0337\u0338\u0339", "\u3164", "\u2800", "\u1100", "😀", "👩‍👩‍👧",
			"🇨🇳", "订单", "שלום", "a", "shop", "-7d9f8c6b5d", "/", ".", "..", " ", "'", "\"", "%0A", "${POD_NAME}",
			"k".repeat(200));

	private Hostile() {
	}

	/** Every piece there is, as one name. */
	static String everything() {
		return String.join("", PIECES);
	}

	static String name(Random random) {
		if (random.nextInt(3) == 0) {
			return "app-" + random.nextInt(1000);
		}
		StringBuilder name = new StringBuilder();
		int pieces = random.nextInt((random.nextInt(10) == 0) ? 60 : 6);
		for (int i = 0; i < pieces; i++) {
			if (random.nextInt(5) == 0) {
				name.append((char) random.nextInt(0x10000));
			}
			else {
				name.append(PIECES.get(random.nextInt(PIECES.size())));
			}
		}
		return name.toString();
	}

}
