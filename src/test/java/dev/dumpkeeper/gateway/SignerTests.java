package dev.dumpkeeper.gateway;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SignerTests {

	private final Signer signer = new Signer(new Secret("secret"), "links");

	@Test
	void aSignatureIsOfOneTextByOneKeyForOnePurpose() {
		String signature = this.signer.sign("17");
		assertThat(signature).matches("[A-Za-z0-9_-]{22}");
		assertThat(this.signer.isSignatureOf("17", signature)).isTrue();
		assertThat(this.signer.isSignatureOf("18", signature)).isFalse();
		assertThat(new Signer(new Secret("other"), "links").isSignatureOf("17", signature)).isFalse();
		assertThat(new Signer(new Secret("secret"), "others").isSignatureOf("17", signature)).isFalse();
		assertThat(this.signer.isSignatureOf("17", "")).isFalse();
	}

}
