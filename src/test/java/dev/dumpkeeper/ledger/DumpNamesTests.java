package dev.dumpkeeper.ledger;

import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DumpNames}.
 */
class DumpNamesTests {

	private static final Pattern USUAL = Pattern.compile("(?s)(?<environment>.*)_(?<pod>[^_]+)_heapDump.*");

	private final DumpNames names = new DumpNames(List.of(USUAL));

	@ParameterizedTest
	@CsvSource({ "dumpfiles/dev_shop-7d4b9c6f5-x2x7k_heapDump.hprof, dev, shop, shop-7d4b9c6f5-x2x7k",
			"dumpfiles/dev_cart-0_heapDump.hprof.gz, dev, cart, cart-0",
			"dev_cart-12_heapDump_20261125T030405Z_4711.hprof, dev, cart, cart-12",
			"a/b/prod_cn_node-agent-x2x7k_heapDump.hprof, prod_cn, node-agent, node-agent-x2x7k",
			"dev_report-28391040-zz4qm_heapDump.hprof, dev, report, report-28391040-zz4qm",
			"dev_plain_heapDump.hprof, dev, plain, plain", "_x_heapDump.hprof, '', x, x" })
	void theNameTellsEnvironmentWorkloadAndPod(String key, String environment, String workload, String pod) {
		assertThat(this.names.of(key)).isEqualTo(new DumpOrigin(environment, workload, pod));
	}

	@ParameterizedTest
	@ValueSource(strings = { "java_pid1.hprof", "dumpfiles/x.hprof", "heapDump.hprof", "" })
	void aNameThatNoPatternMatchesTellsNothing(String key) {
		assertThat(this.names.of(key)).isEqualTo(DumpOrigin.UNKNOWN);
	}

	@ParameterizedTest
	@CsvSource({ "web-mysql, web-mysql", "shop-2, shop", "shop-v2, shop-v2", "7, 7", "-0, -0" })
	void aWorkloadThatOnlyLooksLikeAPodIsLeftWhole(String pod, String workload) {
		assertThat(DumpNames.workload(pod)).isEqualTo(workload);
	}

	@Test
	void theFirstPatternThatMatchesCountsAndMayNameTheWorkload() {
		DumpNames own = new DumpNames(List.of(Pattern.compile("(?<workload>[a-z]+)\\.(?<pod>\\d+)\\.hprof"), USUAL));
		assertThat(own.of("shop.17.hprof")).isEqualTo(new DumpOrigin("", "shop", "17"));
		assertThat(own.of("dev_cart-0_heapDump.hprof")).isEqualTo(new DumpOrigin("dev", "cart", "cart-0"));
	}

	@Test
	void whatIsLongerThanItsColumnIsCutAndNeverInAPair() {
		DumpOrigin origin = new DumpOrigin("x".repeat(63) + "😀", "w".repeat(300), "p".repeat(300));
		assertThat(origin.environment()).isEqualTo("x".repeat(63));
		assertThat(origin.workload()).hasSize(128);
		assertThat(origin.pod()).hasSize(253);
	}

}
