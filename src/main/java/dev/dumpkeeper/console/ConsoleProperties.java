package dev.dumpkeeper.console;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configures where the console links to.
 *
 * @param analyzerUrl where an analyzer opens a dump, with {@code {url}} in place of the
 * dump's presigned address; without it there is no link
 */
@ConfigurationProperties("dumpkeeper.console")
record ConsoleProperties(@Nullable String analyzerUrl) {

	private static final String DUMP = "{url}";

	ConsoleProperties {
		if (analyzerUrl != null && (!analyzerUrl.matches("https?://[^/?#{]+[/?#].*") || !analyzerUrl.contains(DUMP)
				|| !analyzerUrl.replace(DUMP, "").matches("[\\x21-\\x7e&&[^{}<>\"\\\\^`|]]*"))) {
			throw new IllegalArgumentException("dumpkeeper.console.analyzer-url is invalid; expected an address such as"
					+ " https://analyzer.example.com/open?url={url}");
		}
	}

	/** Where a dump is opened. */
	@Nullable URI open(URI dump) {
		return (this.analyzerUrl != null)
				? URI.create(this.analyzerUrl.replace(DUMP, URLEncoder.encode(dump.toString(), StandardCharsets.UTF_8)))
				: null;
	}

}
