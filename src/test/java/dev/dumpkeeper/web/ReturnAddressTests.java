package dev.dumpkeeper.web;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nobody is led out of the console by its own links.
 */
class ReturnAddressTests {

	@ParameterizedTest
	@ValueSource(strings = { "/console", "/console/dumps/17", "/console/dumps?volume=a%2Fb&text=x+y&before=7",
			"/console/runs/expire-dumps/3" })
	void anAddressOfTheConsoleStays(String address) {
		assertThat(ReturnAddress.of(address)).isEqualTo(address);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "//evil.example", "https://evil.example/console", "/console//evil.example",
			"/console\\evil", "/consolex", "/d/17.token", "javascript:alert(1)", "/console/../d/1", "/console/\r\nX: y",
			"/console?x=\r\nX: y", "/console/..;/", "/console/%2e%2e/", "/console#x" })
	void whateverElseLeadsHome(String address) {
		assertThat(ReturnAddress.of(address)).isEqualTo("/console");
	}

	@org.junit.jupiter.api.Test
	void nothingLeadsHome() {
		assertThat(ReturnAddress.of(null)).isEqualTo("/console");
		assertThat(ReturnAddress.of("/console?" + "x".repeat(2000))).isEqualTo("/console");
	}

}
