package dev.dumpkeeper.digest;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.InMemoryGateway;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.lab.MigratedDatabase;
import dev.dumpkeeper.ledger.TestLedger;
import dev.dumpkeeper.notify.wecom.TestWecom;
import dev.dumpkeeper.run.MovableClock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DumpLinks} where links in a volume cannot be identified: each dump is
 * checked right before its page is sent.
 */
class DumpLinksTests {

	private static final String KEY = "dumpfiles/a.hprof";

	private final MovableClock clock = new MovableClock();

	private final InMemoryGateway gateway = new InMemoryGateway().pathTrust(PathTrust.UNKNOWN);

	private JdbcTemplate jdbc;

	private DumpLinks links;

	private String page;

	@BeforeEach
	void start() {
		DataSource source = MigratedDatabase.h2().dataSource();
		this.jdbc = new JdbcTemplate(source);
		TestLedger ledger = new TestLedger(this.jdbc, new DataSourceTransactionManager(source), this.gateway,
				this.clock);
		DownloadAddresses addresses = new DownloadAddresses(this.gateway, ledger.ledger());
		this.links = new DumpLinks(addresses, ledger.ledger(), shortLinks(ledger, addresses), new ConsoleLinks(null),
				TestWecom.DIALECT, Duration.ofDays(1));
		this.gateway.bucket("v").with(KEY, 1000, now());
		ledger.list("v");
		this.jdbc.update("UPDATE dump SET state = 'COMPLETE', compared = TRUE");
		this.page = "dump [download]({{dump:" + this.jdbc.queryForObject("SELECT id FROM dump", Long.class) + "}})";
	}

	@SuppressWarnings("NullAway")
	private static ShortLinks shortLinks(TestLedger ledger, DownloadAddresses addresses) {
		return new ShortLinks(null, null, ledger.ledger(), addresses);
	}

	@Test
	void aDumpThatIsThereHasALink() {
		assertThat(this.links.fill(this.page)).hasValueSatisfying((sent) -> assertThat(sent)
			.isEqualTo("dump [download](http://gateway.test/v/dumpfiles%2Fa.hprof?validity=86400)"));
	}

	@Test
	void ofADumpThatWasExchangedOnlyTheWordStays() {
		this.gateway.bucket("v").with(KEY, 1001, now());
		assertThat(this.links.fill(this.page)).contains("dump download");
	}

	@Test
	void whileTheGatewayIsAwayNobodyKnowsWhetherThereIsOne() {
		this.gateway.bucket("v").outage(Kind.UNAVAILABLE);
		assertThat(this.links.fill(this.page)).isEmpty();
		assertThat(this.links.fill("no dump")).contains("no dump");
		this.gateway.bucket("v").outage(null);
		assertThat(this.links.fill(this.page)).isPresent();
	}

	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.SECONDS);
	}

}
