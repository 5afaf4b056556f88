package dev.dumpkeeper.console;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A dump's address is one value of the analyzer's.
 */
class ConsolePropertiesTests {

	@Test
	void theAddressOfADumpBecomesOneValue() {
		ConsoleProperties properties = new ConsoleProperties(
				"https://analyzer.example.com/open?url={url}&type=HEAP_DUMP");
		assertThat(
				properties.open(URI.create("https://s3.example.com/v/a%20b.hprof?X-Amz-Expires=900&X-Amz-Signature=f")))
			.isEqualTo(
					URI.create("https://analyzer.example.com/open?url=https%3A%2F%2Fs3.example.com%2Fv%2Fa%2520b.hprof"
							+ "%3FX-Amz-Expires%3D900%26X-Amz-Signature%3Df&type=HEAP_DUMP"));
		assertThat(new ConsoleProperties(null).open(URI.create("https://s3.example.com/v"))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "https://analyzer.example.com/open", "javascript:alert({url})", "//a/{url}", "{url}",
			"https://{url}/", "https://a/{url}\r\nSet-Cookie: x=1", "https://a/{url}{x}", "https://a/<{url}>" })
	void whatIsNoAddressIsRefusedInOneLine(String wrong) {
		assertThatIllegalArgumentException().isThrownBy(() -> new ConsoleProperties(wrong))
			.withMessageStartingWith("dumpkeeper.console.analyzer-url is invalid; expected an address");
	}

}
