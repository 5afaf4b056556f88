package dev.dumpkeeper.console;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

import dev.dumpkeeper.hprof.HeapContents;
import dev.dumpkeeper.hprof.HeapContents.ClassCount;
import dev.dumpkeeper.hprof.Holders;

/**
 * Two weeks of a platform that does not exist: a shop that leaks, a cart that was asked,
 * a volume that fills and a plan that the brake refused.
 */
final class Story {

	private static final long HOUR = Duration.ofHours(1).toMillis();

	private static final long GIB = 1L << 30;

	private final JdbcTemplate jdbc;

	private final long now;

	private final Random random = new Random(7);

	private final List<DumpFile> files = new ArrayList<>();

	private final List<String> messages = new ArrayList<>();

	Story(JdbcTemplate jdbc, Instant now) {
		this.jdbc = jdbc;
		this.now = now.toEpochMilli();
	}

	void tell() {
		failure("5b0c1f6ad2e9", "java.lang.OutOfMemoryError: Java heap space",
				"com.acme.shop.Cart.addAll(Cart.java:142)", "com.acme.shop.Checkout.merge(Checkout.java:88)",
				"com.acme.shop.web.CartController.post(CartController.java:51)");
		failure("c47e90aa1b33", "java.lang.OutOfMemoryError: Metaspace",
				"com.acme.report.Templates.compile(Templates.java:77)", "com.acme.report.Nightly.run(Nightly.java:31)");
		long message = 0;
		for (int day = 13; day >= 0; day--) {
			long at = this.now - day * 24 * HOUR;
			for (int pass = 0; pass < 4; pass++) {
				pass(at - (3 - pass) * 6 * HOUR, day == 0 && pass == 3);
			}
			message = message(at - HOUR, "digest " + (14 - day), "### Heap dumps, digest " + (14 - day)
					+ "\n> `prod` / `shop` **3 dumps** · 6.3 GiB\n> out of heap space · at `com.acme.shop.Cart.addAll(Cart.java:142)`");
			for (int i = 0; i < 3; i++) {
				dump(at - i * 3 * HOUR, "prod", "shop",
						"shop-%s-x%02d%dk".formatted((day > 8) ? "5b6c7d8f9b" : "7d9f8c6b5d", day, i),
						(i == 2) ? "TRUNCATED" : "COMPLETE", "5b0c1f6ad2e9", "com.acme.shop.Cart.addAll(Cart.java:142)",
						message, day > 2);
			}
			if (day % 3 == 0) {
				dump(at - 5 * HOUR, "test", "report", "report-0", "COMPLETE", "c47e90aa1b33",
						"com.acme.report.Templates.compile(Templates.java:77)", message, day > 2);
			}
			if (day % 5 == 0) {
				dump(at - 7 * HOUR, "dev", "cart", "cart-" + day, (day == 0) ? "EMPTY" : "COMPLETE", null, null,
						message, day > 2);
			}
			usage(at, "jfsdata", 24 + (13 - day) * 1.6, 50);
			usage(at, "reports", 6 + this.random.nextInt(2), 20);
			usage(at, "ci", 3, 0);
		}
		plan();
		audit("otto", "hold",
				"jfsdata/dumpfiles/prod_shop-7d9f8c6b5d-x000k_heapDump.hprof for 7d: the incident of Monday");
	}

	/** The dumps that are still there. */
	List<DumpFile> files() {
		return List.copyOf(this.files);
	}

	/** What the group was sent, in order. */
	List<String> messages() {
		return List.copyOf(this.messages);
	}

	private void failure(String fingerprint, String... frames) {
		this.jdbc.update("INSERT INTO failure (fingerprint, first_seen, stack) VALUES (?, ?, ?)", fingerprint,
				this.now - 13 * 24 * HOUR, String.join("\n", frames));
	}

	private void dump(long at, String environment, String workload, String pod, String state, String failure,
			String frame, long message, boolean gone) {
		String key = "dumpfiles/" + environment + "_" + pod + "_heapDump.hprof";
		String volume = workload.equals("report") ? "reports" : "jfsdata";
		long size = (state.equals("EMPTY")) ? 0 : GIB + this.random.nextInt(1 << 30);
		this.jdbc
			.update("INSERT INTO dump (volume, object_key, present, size, last_modified, first_seen, state, environment,"
					+ " workload, pod, project, cause, fingerprint, top_frame, notified_at, notified_by, message_id, message_page,"
					+ " died_at, triaged_at, fate, gone_at, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'DIGEST', ?,"
					+ " 1, ?, ?, ?, ?, '')", volume, (gone ? key + "." + at : key).getBytes(StandardCharsets.UTF_8),
					gone ? null : Boolean.TRUE, size, at, at + 60_000, state, environment, workload, pod,
					"com.acme." + workload,
					(failure == null) ? "ASKED_FOR" : failure.startsWith("c") ? "METASPACE" : "HEAP_SPACE", failure,
					frame, at + 120_000, message, at, at + 90_000, gone ? "EXPIRED" : null,
					gone ? at + 54 * HOUR : null);
		if (!gone) {
			this.files.add(new DumpFile(volume + "/" + key, size, Instant.ofEpochMilli(at)));
		}
		if (!state.equals("EMPTY")) {
			long ago = (this.now - at) / (24 * HOUR);
			List<ClassCount> classes = List.of(
					new ClassCount("byte[]", 2_400_113 - ago * 40_000, (760L << 20) - ago * (21L << 20)),
					new ClassCount("com.acme.shop.CartLine", 3_906_250 - ago * 90_000, (119L << 20) - ago * (3L << 20)),
					new ClassCount("java.util.HashMap$Node", 2_950_001, 90L << 20),
					new ClassCount("java.lang.String", 2_399_871, 54L << 20));
			String sentence = "byte[] takes 71% of the heap, in 2,400,113 arrays";
			this.jdbc.update(
					"INSERT INTO dump_contents (dump_id, read_at, state, file_bytes, top_class, top_share, sentence, contents)"
							+ " VALUES (?, ?, 'WHOLE', ?, 'byte[]', 71, ?, ?)",
					last("dump"), at + HOUR, size, sentence,
					JsonMapper.shared()
						.writeValueAsString(new HeapContents(HeapContents.State.WHOLE, "", size, size, 8, true,
								12_345_678, 1070L << 20, classes, 0, List.of(), 214, 18_211, List.of(),
								HeapContents.Repeated.NONE, List.of(),
								new Holders("",
										List.of(new Holders.Holder(Holders.Kind.STATIC_FIELD,
												"com.acme.shop.Carts.open", false, 690, 738L << 20, 1,
												List.of(new Holders.Step("java.util.HashMap", 1, 0),
														new Holders.Step("com.acme.shop.Cart", 212_004, 0))))))));
		}
	}

	private void pass(long at, boolean refused) {
		String report = refused
				? "{\"job\":\"maintenance\",\"exitCode\":4,\"plan\":{\"id\":1,\"state\":\"REFUSED\"},\"volumes\":[{\"name\":\"jfsdata\","
						+ "\"state\":\"COMPLETE\",\"objects\":43},{\"name\":\"reports\",\"state\":\"COMPLETE\",\"objects\":9}],"
						+ "\"warnings\":[\"plan 1 is refused: volume jfsdata would lose 88 % of its objects\"]}"
				: "{\"job\":\"maintenance\",\"exitCode\":0,\"volumes\":[{\"name\":\"jfsdata\",\"state\":\"COMPLETE\",\"objects\":40}]}";
		this.jdbc
			.update("INSERT INTO maintenance_run (job, arguments, started_at, finished_at, outcome, exit_code, holder,"
					+ " attempts, report, started_by, started_from) VALUES ('maintenance', '', ?, ?, 'COMPLETED', ?, 'dumpkeeper-0', 1,"
					+ " ?, 'schedule', 'dumpkeeper-0')", at, at + 184_000, refused ? 4 : 0, report);
	}

	private long message(long at, String subject, String content) {
		this.messages.add(content);
		this.jdbc.update("INSERT INTO outbound_message (subject, pages, created_at, finished_at) VALUES (?, 1, ?, ?)",
				subject, at, at + 2000);
		long message = last("outbound_message");
		// The next digest has the next number.
		this.jdbc.update("INSERT INTO digest (run_id, composed_at, message_id) VALUES (?, ?, ?)",
				last("maintenance_run"), at, message);
		this.jdbc.update("INSERT INTO outbound_page (message_id, page, content, finished_at) VALUES (?, 1, ?, ?)",
				message, content, at + 2000);
		this.jdbc.update(
				"INSERT INTO delivery_attempt (page_id, robot, begun_at, answer_by, ended_at, outcome, code, detail)"
						+ " VALUES (?, 'robot', ?, ?, ?, 'DELIVERED', 0, 'ok')",
				last("outbound_page"), at, at + 30_000, at + 2000);
		return message;
	}

	private void usage(long at, String volume, double gib, long capacityGib) {
		long run = last("maintenance_run");
		long used = (long) (gib * GIB);
		this.jdbc
			.update("INSERT INTO directory_usage (run_id, volume, directory, measured_at, objects, object_bytes, dumps,"
					+ " dump_bytes) VALUES (?, ?, '', ?, 43, ?, 40, ?)", run, volume, at, used, used * 9 / 10);
		this.jdbc.update(
				"INSERT INTO directory_usage (run_id, volume, directory, measured_at, objects, object_bytes, dumps,"
						+ " dump_bytes) VALUES (?, ?, 'dumpfiles', ?, 40, ?, 40, ?)",
				run, volume, at, used * 9 / 10, used * 9 / 10);
		if (capacityGib > 0) {
			long capacity = capacityGib * GIB;
			long worst = Math.min(capacity, used + capacity / 10);
			String level = (used > 0.9 * capacity) ? "CRITICAL"
					: (used > 0.8 * capacity) ? "HIGH" : (worst > 0.8 * capacity) ? "EARLY" : "CALM";
			this.jdbc
				.update("INSERT INTO capacity_reading (run_id, volume, read_at, used_bytes, used_source, listed_bytes,"
						+ " capacity_bytes, capacity_source, p50_bytes, p90_bytes, p90_crosses_at, short_history, level) VALUES (?, ?,"
						+ " ?, ?, 'LISTING', ?, ?, 'LIMIT', ?, ?, ?, FALSE, ?)", run, volume, at, used, used, capacity,
						used + capacity / 30, worst, (worst > 0.8 * capacity) ? at + 9 * HOUR : null, level);
		}
	}

	private void plan() {
		this.jdbc.update("INSERT INTO expiry_plan (run_id, state, cutoff, policy, refusal) VALUES (?, 'REFUSED', ?,"
				+ " 'older than 2d below dumpfiles, 24h after the announcement', 'volume jfsdata would lose 88 % of its objects')",
				last("maintenance_run"), this.now - 48 * HOUR);
		this.jdbc
			.update("INSERT INTO volume_plan (plan_id, volume, objects, retained_objects, candidates, candidate_objects,"
					+ " candidate_bytes, deleted, confirmed, held_objects) VALUES (1, 'jfsdata', 43, 43, 38, 38, ?, 0, FALSE, 1)",
					38 * GIB);
		for (int i = 1; i <= 38; i++) {
			this.jdbc.update(
					"INSERT INTO expiry_item (volume_plan_id, seq, object_key, is_directory, size, last_modified)"
							+ " VALUES (1, ?, ?, FALSE, ?, ?)",
					i, "dumpfiles/prod_shop-7d9f8c6b5d-old%02d_heapDump.hprof".formatted(i)
						.getBytes(StandardCharsets.UTF_8),
					GIB, this.now - (48 + i) * HOUR);
		}
	}

	private void audit(String who, String action, String target) {
		this.jdbc.update(
				"INSERT INTO audit_event (happened_at, who, address, action, target, outcome) VALUES (?, ?, '10.0.0.8',"
						+ " ?, ?, 'accepted')",
				this.now - HOUR, who, action, target);
	}

	/**
	 * A file of a volume.
	 *
	 * @param path volume and key
	 * @param size bytes
	 * @param at when it was written
	 */
	record DumpFile(String path, long size, Instant at) {

	}

	private long last(String table) {
		Long id = this.jdbc.queryForObject("SELECT MAX(id) FROM " + table, Long.class);
		return (id != null) ? id : 0;
	}

}
