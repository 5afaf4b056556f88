package dev.dumpkeeper.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

import tools.jackson.databind.json.JsonMapper;

import dev.dumpkeeper.DumpkeeperApplication;
import dev.dumpkeeper.hprof.HeapContents;
import dev.dumpkeeper.hprof.Holders;
import dev.dumpkeeper.lab.Lab;
import dev.dumpkeeper.lab.S3ProxyGateway;
import dev.dumpkeeper.lab.TestGateway;
import dev.dumpkeeper.lab.Tree;
import dev.dumpkeeper.web.AuditTarget;

/**
 * The service in this JVM with a database in memory, and what fills its pages. Several of
 * one database are replicas.
 */
final class ConsoleLab implements AutoCloseable {

	static final String VIEWER = "vera";

	static final String VIEWERS_PASSWORD = "look-at-it";

	static final String OPERATOR = "otto";

	static final String OPERATORS_PASSWORD = "turn-it-on";

	private final ConfigurableApplicationContext context;

	private final int port;

	private ConsoleLab(ConfigurableApplicationContext context, int port) {
		this.context = context;
		this.port = port;
	}

	/** A users file with one of each role. */
	static Path users() {
		try {
			BCryptPasswordEncoder encoder = new BCryptPasswordEncoder(4);
			Path file = Files.createTempFile("users-", "");
			file.toFile().deleteOnExit();
			return Files.writeString(file, VIEWER + " viewer {bcrypt}" + encoder.encode(VIEWERS_PASSWORD) + "\n"
					+ OPERATOR + " operator {bcrypt}" + encoder.encode(OPERATORS_PASSWORD) + "\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The address of a database in memory that lives as long as the JVM. */
	static String database() {
		return "jdbc:h2:mem:console-" + System.nanoTime() + ";DB_CLOSE_DELAY=-1";
	}

	static ConsoleLab start(String database, String... more) {
		return start(URI.create("http://127.0.0.1:1"), database, more);
	}

	static ConsoleLab start(URI gateway, String database, String... more) {
		int port = Lab.freePort();
		Map<String, String> properties = new TreeMap<>(Map.of("server.port", Integer.toString(port), "server.address",
				"127.0.0.1", "management.server.port", Integer.toString(Lab.freePort()), "management.server.address",
				"127.0.0.1", "spring.datasource.url", database, "dumpkeeper.gateway.endpoint", gateway.toString(),
				"dumpkeeper.gateway.access-key", TestGateway.ACCESS_KEY, "dumpkeeper.gateway.secret-key",
				TestGateway.SECRET_KEY, "dumpkeeper.gateway.trusted-mounts", "true"));
		properties.putAll(Map.of("dumpkeeper.schedule.maintenance", "-", "dumpkeeper.schedule.daily-report", "-",
				"dumpkeeper.schedule.reconcile", "-"));
		// Quartz keeps the databases of one JVM by the names of its schedulers.
		properties.put("spring.quartz.scheduler-name", "lab-" + port);
		List<String> arguments = new ArrayList<>();
		for (String each : more) {
			String[] parts = each.split("=", 2);
			properties.put(parts[0], parts[1]);
		}
		properties.forEach((name, value) -> arguments.add("--" + name + "=" + value));
		Locale.setDefault(Locale.ROOT);
		SpringApplication application = new SpringApplication(DumpkeeperApplication.class);
		application.setRegisterShutdownHook(false);
		return new ConsoleLab(application.run(arguments.toArray(String[]::new)),
				Integer.parseInt(properties.get("server.port")));
	}

	URI address(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

	JdbcTemplate jdbc() {
		return this.context.getBean(JdbcTemplate.class);
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * Two weeks of what happens, and all that is hostile in every place that takes a
	 * text.
	 */
	ConsoleLab fill() {
		JdbcTemplate jdbc = jdbc();
		Instant now = Instant.now();
		long hour = Duration.ofHours(1).toMillis();
		long at = now.toEpochMilli();
		run(jdbc, "maintenance", "", at - 8 * hour, "COMPLETED", 0, "{\"exitCode\":0}");
		long refused = run(jdbc, "maintenance", "", at - 2 * hour, "COMPLETED", 4, report());
		run(jdbc, "reconcile-dumps", "--new", at - hour, "COMPLETED", 0, "{\"exitCode\":0}");
		run(jdbc, "expire-dumps", "--dry-run", at - hour / 2, "COMPLETED", 0, "{\"exitCode\":0,\"warnings\":[\"w\"]}");
		String[] states = { "COMPLETE", "TRUNCATED", "UNKNOWN", "EMPTY", "NOT_A_DUMP", "NEW", "WRITING", "FAILED" };
		for (int i = 0; i < 160; i++) {
			dump(jdbc, "jfsdata", "dumpfiles/dev_shop-" + i + "_heapDump.hprof", (i + 1L) << 20, at - (160 - i) * hour,
					states[i % states.length], "dev", "shop", (i % 3 == 0) ? "f00dfeed0001" : null,
					"com.example.shop.Cart.add(Cart.java:" + i + ")", i % 5 == 0);
		}
		jdbc.update("INSERT INTO failure (fingerprint, first_seen, stack) VALUES (?, ?, ?)", "f00dfeed0001", at,
				"java.lang.OutOfMemoryError: Java heap space\n\tat com.example.shop.Cart.add(Cart.java:42)");
		int number = 0;
		for (String text : HostileCorpus.TEXTS) {
			number++;
			String fingerprint = "bad%09d".formatted(number);
			String cut = text.substring(0, Math.min(60, text.length()));
			long id = dump(jdbc, "jfsdata", (number % 4 == 0) ? HostileCorpus.longest(text) : "dumpfiles/" + text,
					1 << 20, at - number * 1000L, "COMPLETE", cut, cut, fingerprint, text, true);
			jdbc.update("UPDATE dump SET reason = ?, project = ?, pod = ?, held_until = ?, held_by = ?, hold_reason = ?"
					+ " WHERE id = ?", text, text, text, at + 24 * hour, text, text, id);
			jdbc.update("INSERT INTO failure (fingerprint, first_seen, stack) VALUES (?, ?, ?)", fingerprint, at,
					text + "\n\tat " + text);
			jdbc.update(
					"INSERT INTO audit_event (happened_at, who, address, action, target, outcome) VALUES (?, ?, ?, ?, ?, ?)",
					at, text, "10.0.0.1", "hold", text, text);
			AuditTarget target = AuditTarget.dump("jfsdata", "dumpfiles/" + text, "");
			jdbc.update(
					"INSERT INTO audit_event (happened_at, who, address, action, target, subject, outcome) VALUES (?, ?,"
							+ " '10.0.0.1', 'download', ?, ?, ?)",
					at, text, target.text(), target.subject(), text);
			jdbc.update(
					"INSERT INTO dump_contents (dump_id, read_at, state, file_bytes, top_class, top_share, sentence,"
							+ " contents) VALUES (?, ?, 'WHOLE', 1, ?, 50, ?, ?)",
					id, at, text, text, contents(text, 1));
			volume(jdbc, refused, text, at, number);
		}
		for (int i = 0; i < 2 * HostileCorpus.TEXTS.size(); i++) {
			String text = HostileCorpus.TEXTS.get(i / 2);
			jdbc.update(
					"INSERT INTO quarantined_object (volume, object_key, attempts, not_before, reason, run_id)"
							+ " VALUES ('jfsdata', ?, 3, ?, ?, ?)",
					("dumpfiles/" + i + text).getBytes(StandardCharsets.UTF_8), at + 16 * hour, text, refused);
		}
		grown(jdbc, HostileCorpus.TEXTS.get(0), at);
		volume(jdbc, refused, "jfsdata", at, 92);
		volume(jdbc, refused, "reports", at, 40);
		plan(jdbc, refused, at);
		message(jdbc, at);
		return this;
	}

	private static String report() {
		return "{\"job\":\"maintenance\",\"exitCode\":4,\"plan\":{\"id\":1,\"state\":\"REFUSED\",\"refusal\":\"volume jfsdata"
				+ " would lose 95 % of its objects\"},\"volumes\":[{\"name\":\"jfsdata\",\"state\":\"COMPLETE\",\"objects\":160,"
				+ "\"bytes\":1000000,\"failed\":1,\"markers\":[{\"directory\":\"dumpfiles\",\"state\":\"FULL\"}]},"
				+ "{\"name\":\"<script>window.pwned=1</script>\",\"state\":\"FAILED\"}],\"warnings\":[\"<img class=pwned src=x"
				+ " onerror=window.pwned=1>\"]}";
	}

	private static long run(JdbcTemplate jdbc, String job, String arguments, long at, String outcome, int code,
			String report) {
		jdbc.update("INSERT INTO maintenance_run (job, arguments, started_at, finished_at, outcome, exit_code, holder,"
				+ " attempts, report, started_by, started_from) VALUES (?, ?, ?, ?, ?, ?, 'pod-1', 1, ?, 'schedule', 'pod-1')",
				job, arguments, at, at + 250_000, outcome, code, report);
		return last(jdbc, "maintenance_run");
	}

	static long dump(JdbcTemplate jdbc, String volume, String key, long size, long seen, String state,
			String environment, String workload, String fingerprint, String frame, boolean reported) {
		byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
		jdbc.update(
				"INSERT INTO dump (volume, object_key, present, size, last_modified, first_seen, state, environment,"
						+ " workload, pod, project, cause, fingerprint, top_frame, notified_at, died_at)"
						+ " VALUES (?, ?, TRUE, ?, ?, ?, ?, ?, ?, 'shop-1', '', ?, ?, ?, ?, ?)",
				volume, (bytes.length > 1024) ? java.util.Arrays.copyOf(bytes, 1024) : bytes, size, seen, seen, state,
				environment, workload, (fingerprint != null) ? "HEAP_SPACE" : "UNKNOWN", fingerprint,
				(fingerprint != null) ? frame.substring(0, Math.min(400, frame.length())) : null,
				reported ? seen : null, seen);
		return last(jdbc, "dump");
	}

	private static long last(JdbcTemplate jdbc, String table) {
		Long id = jdbc.queryForObject("SELECT MAX(id) FROM " + table, Long.class);
		return (id != null) ? id : 0;
	}

	/** A later dump of the workload that is named like this. */
	private static void grown(JdbcTemplate jdbc, String text, long at) {
		long id = dump(jdbc, "jfsdata", "dumpfiles/later" + text, 2 << 20, at, "COMPLETE", text, text, null, "", true);
		jdbc.update("INSERT INTO dump_contents (dump_id, read_at, state, file_bytes, top_class, top_share, sentence,"
				+ " contents) VALUES (?, ?, 'WHOLE', 1, ?, 50, ?, ?)", id, at, text, text, contents(text, 2));
	}

	private static String contents(String text, int times) {
		return JsonMapper.shared()
			.writeValueAsString(new HeapContents(HeapContents.State.WHOLE, text, 1, 1, 8, true, 1000, 1 << 20,
					List.of(new HeapContents.ClassCount(text, 900L * times, (1L << 19) * times),
							new HeapContents.ClassCount("byte[]", 100, 1 << 18)),
					0, List.of(), 1, 1, List.of(), HeapContents.Repeated.NONE, List.of(),
					new Holders("", List.of(new Holders.Holder(Holders.Kind.STATIC_FIELD, text, false, 620, 1 << 19, 1,
							List.of(new Holders.Step(text, 1, 0)))))));
	}

	private static void volume(JdbcTemplate jdbc, long run, String name, long at, int percent) {
		long capacity = 50L << 30;
		for (int day = 13; day >= 0; day--) {
			jdbc.update(
					"INSERT INTO directory_usage (run_id, volume, directory, measured_at, objects, object_bytes, dumps,"
							+ " dump_bytes) VALUES (?, ?, '', ?, 160, ?, 100, 1000)",
					run - day, name, at - day * 86_400_000L, capacity / 100 * Math.max(1, percent - day * 2));
		}
		jdbc.update(
				"INSERT INTO directory_usage (run_id, volume, directory, measured_at, objects, object_bytes, dumps,"
						+ " dump_bytes) VALUES (?, ?, ?, ?, 100, ?, 100, 1000)",
				run, name, name.equals("jfsdata") ? "dumpfiles" : name, at, capacity / 200 * percent);
		jdbc.update("INSERT INTO capacity_reading (run_id, volume, read_at, used_bytes, used_source, listed_bytes,"
				+ " capacity_bytes, capacity_source, p50_bytes, p90_bytes, p50_crosses_at, p90_crosses_at, short_history, level,"
				+ " alert_transition) VALUES (?, ?, ?, ?, 'LISTING', ?, ?, 'LIMIT', ?, ?, ?, ?, FALSE, ?, NULL)", run,
				name, at, capacity / 100 * percent, capacity / 100 * percent, capacity,
				capacity / 100 * Math.min(99, percent + 3), capacity / 100 * Math.min(99, percent + 8),
				(percent > 75) ? at + 3_600_000L : null, (percent > 70) ? at + 3_600_000L : null,
				(percent > 90) ? "CRITICAL" : (percent > 79) ? "HIGH" : (percent > 70) ? "EARLY" : "CALM");
	}

	private static void plan(JdbcTemplate jdbc, long run, long at) {
		jdbc.update(
				"INSERT INTO expiry_plan (run_id, state, cutoff, policy, refusal) VALUES (?, 'REFUSED', ?,"
						+ " 'older than 2d below dumpfiles', ?)",
				run, at - 172_800_000L, "volume jfsdata would lose 95 % of its objects " + HostileCorpus.TEXTS.get(0));
		long plan = last(jdbc, "expiry_plan");
		int number = 0;
		for (String name : List.of("jfsdata", HostileCorpus.TEXTS.get(2))) {
			jdbc.update(
					"INSERT INTO volume_plan (plan_id, volume, objects, retained_objects, candidates, candidate_objects,"
							+ " candidate_bytes, deleted, confirmed) VALUES (?, ?, 200, 190, 150, 150, 1000000000, 0, FALSE)",
					plan, name);
			long part = last(jdbc, "volume_plan");
			for (String text : HostileCorpus.TEXTS) {
				number++;
				jdbc.update(
						"INSERT INTO expiry_item (volume_plan_id, seq, object_key, is_directory, size, last_modified)"
								+ " VALUES (?, ?, ?, FALSE, 1000, ?)",
						part, number, ("dumpfiles/" + text).getBytes(StandardCharsets.UTF_8), at - 300_000_000L);
			}
			for (int i = 0; i < 120; i++) {
				number++;
				jdbc.update(
						"INSERT INTO expiry_item (volume_plan_id, seq, object_key, is_directory, size, last_modified)"
								+ " VALUES (?, ?, ?, FALSE, 1000, ?)",
						part, number, ("dumpfiles/dev_shop-" + i + "_heapDump.hprof").getBytes(StandardCharsets.UTF_8),
						at - 300_000_000L);
			}
		}
	}

	private static void message(JdbcTemplate jdbc, long at) {
		int number = 0;
		for (String text : HostileCorpus.TEXTS) {
			number++;
			jdbc.update("INSERT INTO outbound_message (subject, pages, created_at, finished_at) VALUES (?, 1, ?, ?)",
					"digest " + number + " " + text, at - number * 1000L, (number % 5 == 0) ? null : at);
			long message = last(jdbc, "outbound_message");
			jdbc.update("INSERT INTO outbound_page (message_id, page, content, finished_at) VALUES (?, 1, ?, ?)",
					message, "**" + text + "**\n> [" + text + "](https://" + HostileCorpus.HOST + ")",
					(number % 5 == 0) ? null : at);
			jdbc.update(
					"INSERT INTO delivery_attempt (page_id, robot, begun_at, answer_by, ended_at, outcome, code,"
							+ " detail) VALUES (?, 'robot', ?, ?, ?, ?, 0, ?)",
					last(jdbc, "outbound_page"), at, at, at, (number % 5 == 0) ? "REJECTED_PAGE" : "DELIVERED", text);
			jdbc.update("UPDATE outbound_page SET last_attempt = ? WHERE id = ?", last(jdbc, "delivery_attempt"),
					last(jdbc, "outbound_page"));
		}
	}

	/** To try by hand: {@code java ... dev.dumpkeeper.console.ConsoleLab}. */
	public static void main(String[] args) {
		Instant old = Instant.now().minus(Duration.ofDays(5));
		S3ProxyGateway gateway = S3ProxyGateway.start(Tree.create()
			.file("jfsdata/dumpfiles/dev_shop-7_heapDump.hprof", 3 << 20, old)
			.file("jfsdata/dumpfiles/.keep", 7, old));
		ConsoleLab lab = start(gateway.endpoint(), database(), "dumpkeeper.security.users-file=" + users(),
				"server.port=" + ((args.length > 0) ? args[0] : "18080"))
			.fill();
		System.out.println(lab.context.getEnvironment().getProperty("server.port"));
	}

}
