package dev.dumpkeeper.notify;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link OutboundMessage}.
 */
class OutboundMessageTests {

	@Test
	void aPictureIsAPngOfAtMostTwoMegabytes() {
		assertThat(new OutboundMessage("capacity 1", List.of("x"), List.of(new Picture("chart", OutboxFixture.png(8))))
			.pictures()).hasSize(1);
		assertThatIllegalArgumentException().isThrownBy(() -> new Picture("chart", new byte[8]));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Picture("chart", OutboxFixture.png(Picture.MAX_BYTES + 1)));
		assertThatIllegalArgumentException().isThrownBy(() -> new Picture(" ", OutboxFixture.png(8)));
	}

	@Test
	void aPageMayHave3800BytesAndNoMore() {
		assertThat(new OutboundMessage("digest 1", List.of("x".repeat(3800), "堆".repeat(1266))).pages()).hasSize(2);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new OutboundMessage("digest 1", List.of("x", "堆".repeat(1267))))
			.withMessageContaining("page 2 of digest 1 has 3801 bytes");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\n" })
	void anEmptyPageIsRefused(String page) {
		assertThatIllegalArgumentException().isThrownBy(() -> new OutboundMessage("digest 1", List.of(page)));
	}

	@Test
	void aMessageHasPagesAndASubject() {
		assertThatIllegalArgumentException().isThrownBy(() -> new OutboundMessage("digest 1", List.of()));
		assertThatIllegalArgumentException().isThrownBy(() -> new OutboundMessage(" ", List.of("x")));
		assertThatIllegalArgumentException().isThrownBy(() -> new OutboundMessage("x".repeat(201), List.of("x")));
	}

}
