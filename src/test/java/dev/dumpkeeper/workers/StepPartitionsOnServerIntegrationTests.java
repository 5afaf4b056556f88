package dev.dumpkeeper.workers;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import dev.dumpkeeper.lab.MigratedDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many processes that claim, renew and end partitions on one server, which locks what it
 * searches.
 */
class StepPartitionsOnServerIntegrationTests {

	private static final int PARTITIONS = 150;

	private static final int WORKERS = 6;

	private final MigratedDatabase database = MigratedDatabase.server("claims");

	private final StepPartitionRepository rows = new StepPartitionRepository(
			new JdbcTemplate(this.database.dataSource()),
			new TransactionTemplate(new DataSourceTransactionManager(this.database.dataSource())), Clock.systemUTC());

	private final Queue<Long> done = new ConcurrentLinkedQueue<>();

	@Test
	void eachIsDoneOnceAndNoStatementFailsHoweverManyClaimAtATime() throws Exception {
		List<Long> all = LongStream.rangeClosed(1, PARTITIONS).boxed().toList();
		this.rows.offer(new StepPartitionRepository.Offer(1, "workOf", "manager", "rules"), all);
		ExecutorService threads = Executors.newFixedThreadPool(WORKERS + 1);
		try {
			List<Future<Void>> ends = new ArrayList<>();
			for (int i = 0; i < WORKERS; i++) {
				String worker = "worker-" + i;
				ends.add(threads.submit(() -> work(worker)));
			}
			ends.add(threads.submit((Callable<Void>) () -> {
				while (!this.rows.open("manager").isEmpty()) {
					this.rows.manage(all);
				}
				return null;
			}));
			for (Future<Void> end : ends) {
				end.get();
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(this.done).containsExactlyInAnyOrderElementsOf(all);
	}

	private Void work(String worker) {
		for (Optional<StepPartition> claim = this.rows.claim("workOf", "rules", worker); claim
			.isPresent(); claim = this.rows.claim("workOf", "rules", worker)) {
			StepPartition held = claim.get();
			assertThat(this.rows.renew(List.of(held.id()), worker)).hasSize(1);
			if (held.id() % 10 == 0 && held.isFirstClaim()) {
				this.rows.giveBack(held, false);
				continue;
			}
			this.done.add(held.id());
			this.rows.end(held);
		}
		return null;
	}

}
