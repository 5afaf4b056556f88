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
	void aPictureIsAPngThatTheChannelTakes() {
		assertThat(new OutboundMessage("capacity 1", List.of("x"), List.of(new Picture("chart", OutboxFixture.png(8))))
			.pictures()).hasSize(1);
		assertThatIllegalArgumentException().isThrownBy(() -> new Picture("chart", new byte[8]));
		OutboundMessage large = new OutboundMessage("capacity 1", List.of("x"),
				List.of(new Picture("chart", OutboxFixture.png(101))));
		assertThat(large.within(100, 101).pictures()).hasSize(1);
		assertThat(large.within(100, 100).pictures()).isEmpty();
		assertThatIllegalArgumentException().isThrownBy(() -> new Picture(" ", OutboxFixture.png(8)));
	}

	@Test
	void aPageHasAsManyBytesAsTheChannelTakesAndNoMore() {
		new OutboundMessage("digest 1", List.of("x".repeat(3800), "堆".repeat(1266))).within(3800, 0);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new OutboundMessage("digest 1", List.of("x", "堆".repeat(1267))).within(3800, 0))
			.withMessageContaining("page 2 of digest 1 has 3801 bytes");
	}

	@Test
	void noChannelHasLongerPagesThanTheTable() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new OutboundMessage("digest 1", List.of("x".repeat(16_001))).within(20_000, 0));
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
