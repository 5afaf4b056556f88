package dev.dumpkeeper.ledger;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

import dev.dumpkeeper.gateway.InMemoryGateway;
import dev.dumpkeeper.hprof.DumpFacts;
import dev.dumpkeeper.hprof.DumpFacts.Verdict;
import dev.dumpkeeper.hprof.DumpFormat;
import dev.dumpkeeper.hprof.DumpSource;
import dev.dumpkeeper.hprof.HeapContents;
import dev.dumpkeeper.hprof.HeapReading.Budget;
import dev.dumpkeeper.hprof.HeapReading.ScratchSpace;
import dev.dumpkeeper.hprof.Hprof;
import dev.dumpkeeper.hprof.TriageResult;
import dev.dumpkeeper.lab.MigratedDatabase;
import dev.dumpkeeper.run.MovableClock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the seam to a format of dumps: a format that does not exist, with a magic and
 * an end of its own, differs from heap dumps, is whole or not, and says its line.
 */
class SecondFormatTests {

	private static final Budget BUDGET = Budget.of(1000, Duration.ofMinutes(1));

	private final DumpFormats formats = new DumpFormats(List.of(new Hprof(), new CoreCard()));

	private final InMemoryGateway gateway = new InMemoryGateway();

	private final MovableClock clock = new MovableClock();

	private JdbcTemplate jdbc;

	private TestLedger ledger;

	@BeforeEach
	void start() {
		MigratedDatabase database = MigratedDatabase.h2();
		this.jdbc = new JdbcTemplate(database.dataSource());
		this.ledger = new TestLedger(this.jdbc, new DataSourceTransactionManager(database.dataSource()), this.gateway,
				this.clock, this.formats);
		this.gateway.bucket("v");
	}

	@Test
	void theLedgerShowsWholeFromNotWholeInEitherFormat() {
		write("card-whole", "CARD out of luck\nEND");
		write("card-cut", "CARD out of lu");
		write("heap-whole", "JAVA PROFILE 1.0.2\0" + "\0\0\0\u0008" + "\0".repeat(8) + "\u002C" + "\0".repeat(8));
		write("neither", "a letter to somebody else");
		this.ledger.list("v");
		this.ledger.triage();
		assertThat(state("card-whole")).isEqualTo("COMPLETE");
		assertThat(state("card-cut")).isEqualTo("TRUNCATED");
		assertThat(state("heap-whole")).isEqualTo("COMPLETE");
		assertThat(state("neither")).isEqualTo("NOT_A_DUMP");
	}

	@Test
	void aReadingFollowsTheFormatThatTheFileBeginsLike() {
		assertThat(read("CARD out of luck\nEND").reason()).isEqualTo("out of luck");
		assertThat(read("CARD out of lu").state()).isEqualTo(HeapContents.State.TRUNCATED);
		assertThat(read("neither").reason()).isEqualTo("it does not begin like a heap dump");
		assertThat(read("").reason()).isEqualTo("it has no bytes");
	}

	@Test
	void whatCannotBeReadNowIsSaidByTheFormat() {
		InputStream broken = new InputStream() {

			@Override
			public int read() throws IOException {
				throw new IOException("away");
			}

		};
		assertThat(this.formats.read(broken, 10, BUDGET, null).state()).isEqualTo(HeapContents.State.NOT_READABLE);
		assertThat(this.formats.triage((offset, length) -> {
			throw new IOException("away");
		}, 10).facts().verdict()).isEqualTo(Verdict.NOT_READABLE);
	}

	private HeapContents read(String content) {
		byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
		return this.formats.read(new ByteArrayInputStream(bytes), bytes.length, BUDGET, null);
	}

	private void write(String pod, String content) {
		Instant yesterday = this.clock.instant().minus(Duration.ofHours(23));
		this.gateway.bucket("v").with("dumpfiles/" + pod + "/a.hprof", content, yesterday);
	}

	private @Nullable String state(String pod) {
		return this.jdbc.queryForObject("SELECT state FROM dump WHERE object_key = ?", String.class,
				(Object) ("dumpfiles/" + pod + "/a.hprof").getBytes(StandardCharsets.UTF_8));
	}

	/** A card that says in a line what happened. */
	private static final class CoreCard implements DumpFormat {

		static final String MAGIC = "CARD ";

		private static final String END = "\nEND";

		@Override
		public boolean beginsLike(byte[] front) {
			return new String(front, StandardCharsets.ISO_8859_1).startsWith(MAGIC);
		}

		@Override
		public TriageResult triage(DumpSource source, long size) {
			try {
				String card = new String(source.read(0, (int) size), StandardCharsets.ISO_8859_1);
				Verdict verdict = card.endsWith(END) ? Verdict.COMPLETE : Verdict.TRUNCATED;
				return new TriageResult(new DumpFacts(verdict, false, Optional.empty(),
						(verdict == Verdict.COMPLETE) ? "" : "it has no end"), Optional.empty());
			}
			catch (IOException ex) {
				return new TriageResult(new DumpFacts(Verdict.NOT_READABLE, false, Optional.empty(), "away"),
						Optional.empty());
			}
		}

		@Override
		public HeapContents read(InputStream dump, long size, Budget budget, @Nullable ScratchSpace scratch) {
			try {
				String card = new String(dump.readAllBytes(), StandardCharsets.ISO_8859_1);
				return card.endsWith(END)
						? HeapContents.nothing(HeapContents.State.WHOLE,
								card.substring(MAGIC.length(), card.length() - END.length()), size)
						: HeapContents.nothing(HeapContents.State.TRUNCATED, "it has no end", size);
			}
			catch (IOException ex) {
				return HeapContents.nothing(HeapContents.State.NOT_READABLE, "away", 0);
			}
		}

	}

}
