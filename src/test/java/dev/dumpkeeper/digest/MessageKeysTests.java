package dev.dumpkeeper.digest;

import java.util.Arrays;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.dumpkeeper.hprof.Death;
import dev.dumpkeeper.hprof.Holders;
import dev.dumpkeeper.notify.Language;
import dev.dumpkeeper.text.Messages;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that every constant that a message may name has its words.
 */
class MessageKeysTests {

	@ParameterizedTest
	@EnumSource
	void everyConstantHasItsWords(Language language) {
		Messages messages = new Messages(DigestLayout.class, language.locale());
		Stream<String> states = DigestWords.EXPLAINED.stream()
			.flatMap((state) -> Stream.of("state." + state, "meaning." + state));
		Stream<String> causes = Arrays.stream(Death.Kind.values())
			.filter((kind) -> kind != Death.Kind.UNKNOWN)
			.map((kind) -> "cause." + kind);
		Stream<String> actions = Arrays.stream(DailyStatus.ActionItem.Kind.values()).map((kind) -> "action." + kind);
		Stream<String> holders = Arrays.stream(Holders.Kind.values()).map((kind) -> "held." + kind);
		assertThat(Stream.of(states, causes, actions, holders).flatMap((keys) -> keys))
			.allSatisfy((key) -> assertThat(messages.text(key)).isNotBlank());
	}

}
