package dev.dumpkeeper.web;

import java.net.URI;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * What a configured identity provider wants, and the property that is named when it is
 * not there.
 */
class OidcPropertiesTests {

	private static OidcProperties of(String issuer, String clientId, String secret, List<String> operators) {
		return new OidcProperties((issuer != null) ? URI.create(issuer) : null, clientId, secret, "groups", operators,
				List.of(), "preferred_username");
	}

	@Test
	void nothingIsWantedWhereNothingIsSet() {
		assertThatNoException().isThrownBy(() -> of(null, "", "", List.of()));
		assertThatNoException().isThrownBy(() -> of("https://login.example.com/a", "id", "hunter2", List.of("ops")));
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			'',                    id, hunter2, ops, issuer is missing
			https://l.example.com, '', hunter2, ops, client-id is missing
			https://l.example.com, id, '',      ops, client-secret is missing
			https://l.example.com, id, hunter2, '',  operators is missing
			""")
	void oneWithoutTheOtherIsNamed(String issuer, String clientId, String secret, String operators, String what) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> of(issuer.isEmpty() ? null : issuer, clientId, secret,
					operators.isEmpty() ? List.of() : List.of(operators)))
			.withMessageStartingWith("dumpkeeper.console.oidc." + what)
			.withMessageNotContaining("hunter2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://login.example.com", "https://ann:hunter2@login.example.com", "hunter2",
			"https://login.example.com?hunter2", "https://login.example.com#hunter2", "ftp://login.example.com",
			"javascript:hunter2", "http://127.0.0.1.evil.example" })
	void whatComesOverAnOpenLineIsNoIssuer(String issuer) {
		assertThatIllegalArgumentException().isThrownBy(() -> of(issuer, "id", "secret", List.of("ops")))
			.withMessageStartingWith("dumpkeeper.console.oidc.issuer is invalid; expected an address")
			.withMessageNotContaining("hunter2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost:9000", "http://127.0.0.1:9000/realms/x", "http://[::1]:9000" })
	void aProviderOnThisMachineNeedsNoTls(String issuer) {
		assertThatNoException().isThrownBy(() -> of(issuer, "id", "secret", List.of("ops")));
	}

	@Test
	void theSecretIsNotShown() {
		assertThat(of("https://login.example.com", "id", "hunter2", List.of("ops")).toString())
			.doesNotContain("hunter2");
	}

}
