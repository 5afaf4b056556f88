package dev.dumpkeeper.text;

import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ByteSizeFormat}.
 */
class ByteSizeFormatTests {

	@ParameterizedTest
	@CsvSource(textBlock = """
			0,                   0 B
			1,                   1 B
			1023,                1023 B
			1024,                1.0 KiB
			1536,                1.5 KiB
			1048576,             1.0 MiB
			1073741824,          1.0 GiB
			13314398618,         12.4 GiB
			1099511627776,       1.0 TiB
			1125899906842624,    1.0 PiB
			9223372036854775807, 8.0 EiB
			""")
	void aNumberOfBytesHasABinaryUnit(long bytes, String text) {
		assertThat(ByteSizeFormat.format(bytes)).isEqualTo(text);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			1048575,    1.0 MiB
			1073741823, 1.0 GiB
			""")
	void aNumberThatRoundsToTheNextUnitHasIt(long bytes, String text) {
		assertThat(ByteSizeFormat.format(bytes)).isEqualTo(text);
	}

	@Test
	void thePlaceMakesNoDifference() {
		Locale before = Locale.getDefault();
		try {
			Locale.setDefault(Locale.GERMANY);
			assertThat(ByteSizeFormat.format(1536)).isEqualTo("1.5 KiB");
		}
		finally {
			Locale.setDefault(before);
		}
	}

}
