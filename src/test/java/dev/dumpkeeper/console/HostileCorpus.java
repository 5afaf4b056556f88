package dev.dumpkeeper.console;

import java.util.List;

/**
 * What strangers put into names, stacks and receipts so that it acts on a visitor. Each
 * one that would become markup or run sets {@code window.pwned} or leaves an element with
 * the class {@code pwned}.
 */
final class HostileCorpus {

	/** Leads out of the page, wherever it would be a link. */
	static final String HOST = "evil.example";

	static final List<String> TEXTS = List.of("<script>window.pwned=1</script>", "\"><script>window.pwned=1</script>",
			"<img class=pwned src=x onerror=window.pwned=1>", "'-window.pwned--'", "${T(java.lang.Runtime)}",
			"__${7*7}__::.x", "[[${7*7}]]", "*{7*7}", "#{nav.dumps}", "@{/console}", "~{layout :: page}",
			"javascript:window.pwned=1", "https://" + HOST + "/click", "[click](https://" + HOST + ")",
			"<a class=pwned href=https://" + HOST + ">x</a>", "\" hx-get=\"https://" + HOST + "\" class=\"pwned",
			"' style='position:fixed' class='pwned", "=HYPERLINK(\"https://" + HOST + "\")", "+1+cmd|' /C calc'!A0",
			"-2+3", "@SUM(1)", "\u202egpj.exe", "\u2066hidden\u2069", "a\u0000b", "line\nbreak\r\n\tSet-Cookie: x=1",
			"</title><script>window.pwned=1</script>", "</textarea><script>window.pwned=1</script>",
			"<!--<script>window.pwned=1</script>-->", "<svg onload=window.pwned=1 class=pwned>", "{{7*7}}",
			"\u0001\u001b[31mred", "%3Cscript%3Ewindow.pwned=1%3C/script%3E",
			"&lt;script&gt;window.pwned=1&lt;/script&gt;", "堆转储 \ud83d\ude00 名称");

	private HostileCorpus() {
	}

	/** A key of 1,024 bytes that begins with a text. */
	static String longest(String text) {
		return "dumpfiles/" + text + "x".repeat(Math.max(0, 1024 - 10 - text.length()));
	}

}
