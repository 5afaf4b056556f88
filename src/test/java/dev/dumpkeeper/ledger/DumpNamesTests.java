package dev.dumpkeeper.ledger;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Tests for {@link DumpNames}.
 */
class DumpNamesTests {

	private static final Pattern USUAL = Pattern.compile("(?s)(?<environment>[^/]*)_(?<pod>[^_/]+)_heapDump[^/]*");

	private final DumpNames names = new DumpNames(List.of(USUAL), List.of("dumpfiles", "dumpfiles/inner", "a/dumps"));

	@ParameterizedTest
	@CsvSource({ "dumpfiles/dev_shop-7d4b9c6f5-x2x7k_heapDump.hprof, dev, shop, shop-7d4b9c6f5-x2x7k",
			"dumpfiles/dev_cart-0_heapDump.hprof.gz, dev, cart, cart-0",
			"dev_cart-12_heapDump_20261125T030405Z_4711.hprof, dev, cart, cart-12",
			"a/b/prod_cn_node-agent-x2x7k_heapDump.hprof, prod_cn, node-agent, node-agent-x2x7k",
			"dev_report-28391040-zz4qm_heapDump.hprof, dev, report, report-28391040-zz4qm",
			"dev_plain_heapDump.hprof, dev, plain, plain", "_x_heapDump.hprof, '', x, x" })
	void theNameShowsEnvironmentWorkloadAndPod(String key, String environment, String workload, String pod) {
		assertThat(this.names.of(key)).isEqualTo(new DumpOrigin(environment, workload, pod));
	}

	@ParameterizedTest
	@CsvSource({
			// POD/
			"dumpfiles/shop-7d9f8c6b5d-x2x4a/java_pid1.hprof, '', shop, shop-7d9f8c6b5d-x2x4a",
			"dumpfiles/billing-0/java_pid1.hprof, '', billing, billing-0",
			"dumpfiles/inner/billing-0/java_pid7.hprof.gz, '', billing, billing-0",
			"a/dumps/report-28391040-zz4qm/java_pid1.hprof, '', report, report-28391040-zz4qm",
			"dumpfiles/debug/java_pid1.hprof, '', debug, debug",
			// POD/CONTAINER/
			"dumpfiles/shop-7d9f8c6b5d-x2x4a/app/java_pid1.hprof, '', shop, shop-7d9f8c6b5d-x2x4a",
			"dumpfiles/prod/shop-7d9f8c6b5d-x2x4a/app/java_pid1.hprof, prod, shop, shop-7d9f8c6b5d-x2x4a",
			// WORKLOAD/POD/
			"dumpfiles/shop/shop-7d9f8c6b5d-x2x4a/java_pid1.hprof, '', shop, shop-7d9f8c6b5d-x2x4a",
			"dumpfiles/billing/billing-0/java_pid1.hprof, '', billing, billing-0",
			"dumpfiles/prod/billing/billing-0/java_pid1.hprof, prod, billing, billing-0",
			// ENV/POD/
			"dumpfiles/prod/billing-0/java_pid1.hprof, prod, billing, billing-0",
			"dumpfiles/PROD_1/shop-7d9f8c6b5d-x2x4a/x.hprof, PROD_1, shop, shop-7d9f8c6b5d-x2x4a",
			// The pod is the file
			"dumpfiles/shop-7d9f8c6b5d-x2x4a.hprof, '', shop, shop-7d9f8c6b5d-x2x4a",
			"dumpfiles/prod/shop-7d9f8c6b5d-x2x4a.hprof.gz, prod, shop, shop-7d9f8c6b5d-x2x4a",
			"dumpfiles/shop/shop-7d9f8c6b5d-x2x4a_2026.hprof, '', shop, shop-7d9f8c6b5d-x2x4a",
			"shop-7d9f8c6b5d-x2x4a.hprof, '', shop, shop-7d9f8c6b5d-x2x4a",
			// The file's name goes before the directory's
			"dumpfiles/team/prod_cart-0_heapDump.hprof, prod, cart, cart-0" })
	void thePathBelowTheRetentionDirectoryShowsTheOwner(String key, String environment, String workload, String pod) {
		assertThat(this.names.of(key)).isEqualTo(new DumpOrigin(environment, workload, pod));
	}

	@Test
	void patternsAreForThePathToo() {
		DumpNames own = new DumpNames(
				List.of(Pattern.compile("(?<workload>[A-Z]+)/(?<pod>\\d+)/.*"), Pattern.compile("(?<pod>x+)\\.hprof")),
				List.of("dumps"));
		assertThat(own.of("dumps/SHOP/17/a.hprof")).isEqualTo(new DumpOrigin("", "SHOP", "17"));
		assertThat(own.of("dumps/b/xx.hprof")).isEqualTo(new DumpOrigin("", "xx", "xx"));
		assertThat(own.of("elsewhere/SHOP/17/a.hprof").isKnown()).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "dumpfiles/java_pid1.hprof, ''", "dumpfiles/inner/java_pid1.hprof, ''", "java_pid1.hprof, ''",
			"dumpfiles/2026-11-25/java_pid1.hprof, dumpfiles/2026-11-25",
			"dumpfiles/<@all>/java_pid1.hprof, dumpfiles/<@all>", "dumpfiles/a/b/c/d/x.hprof, dumpfiles/a/b/c/d",
			"logs/billing-0/java_pid1.hprof, logs/billing-0", "dumpfiles//x.hprof, dumpfiles/" })
	void aDirectoryStandsInForAnOwnerThatNobodyKnows(String key, String directory) {
		DumpOrigin origin = this.names.of(key);
		assertThat(origin).isEqualTo(new DumpOrigin("", "", "", directory));
		assertThat(origin.isKnown()).isFalse();
	}

	@Test
	void longDirectoriesThatBeginAlikeAreDistinguished() {
		String begin = "dumpfiles/" + "\u00fc".repeat(400);
		String one = this.names.of(begin + "1/x.hprof").directory();
		String other = this.names.of(begin + "2/x.hprof").directory();
		assertThat(one).hasSize(128).startsWith("dumpfiles/\u00fc").isNotEqualTo(other);
		assertThat(this.names.of(begin + "1/y.hprof").directory()).isEqualTo(one);
	}

	@Test
	void aHostilePathIsReadInNoTime() {
		for (String part : List.of("a-", "-7d9f8c6b5d-", "a/", "a.", "_a", "1-")) {
			String key = "dumpfiles/" + part.repeat(1000) + "/" + part.repeat(1000) + "!";
			assertTimeoutPreemptively(Duration.ofSeconds(5), () -> this.names.of(key));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "java_pid1.hprof", "dumpfiles/x.hprof", "heapDump.hprof", "" })
	void aNameThatNoPatternMatchesShowsNothing(String key) {
		assertThat(this.names.of(key)).isEqualTo(DumpOrigin.UNKNOWN);
	}

	@ParameterizedTest
	@CsvSource({ "web-mysql, web-mysql", "shop-2, shop", "shop-v2, shop-v2", "7, 7", "-0, -0",
			"my-gateway-proxy-tests, my-gateway-proxy-tests" })
	void aWorkloadThatOnlyLooksLikeAPodIsLeftWhole(String pod, String workload) {
		assertThat(DumpNames.workload(pod)).isEqualTo(workload);
	}

	@Test
	void theFirstPatternThatMatchesCountsAndMayNameTheWorkload() {
		DumpNames own = new DumpNames(List.of(Pattern.compile("(?<workload>[a-z]+)\\.(?<pod>\\d+)\\.hprof"), USUAL),
				List.of());
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
