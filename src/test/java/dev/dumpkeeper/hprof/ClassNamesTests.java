package dev.dumpkeeper.hprof;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClassNames}.
 */
class ClassNamesTests {

	@ParameterizedTest
	@CsvSource({ "java/lang/String, java.lang.String", "[B, byte[]", "[[[J, long[][][]",
			"[Ljava/lang/String;, java.lang.String[]", "[[Lcom/acme/Order$Item;, com.acme.Order$Item[][]",
			"Order, Order", "B, B", "[, []", "[L, []", "[Lx, x[]" })
	void aNameIsWrittenAsJavaDoes(String internal, String java) {
		assertThat(ClassNames.java(internal)).isEqualTo(java);
	}

	@ParameterizedTest
	@CsvSource({ "com.acme.Order$$Lambda+0x00007f8a1c0a1000, com.acme.Order$$Lambda",
			"com.acme.Order$$Lambda.0x00007f8a1c0a1000, com.acme.Order$$Lambda",
			"com.acme.Order$$Lambda$14/0x0000000800c03000, com.acme.Order$$Lambda",
			"com.acme.Order$$Lambda$14.0x0000000800c03000, com.acme.Order$$Lambda",
			"jdk.proxy2.$Proxy45, jdk.proxy.$Proxy",
			"jdk.internal.reflect.GeneratedMethodAccessor17, jdk.internal.reflect.GeneratedMethodAccessor",
			"com.acme.Utf8, com.acme.Utf8", "com.acme.Order$1, com.acme.Order$1" })
	void whatIsAnotherNumberInEachProcessIsLeftOut(String name, String lasting) {
		assertThat(ClassNames.lasting(name)).isEqualTo(lasting);
	}

}
