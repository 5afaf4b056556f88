package dev.dumpkeeper.console;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import dev.dumpkeeper.lab.FakeRobot;
import dev.dumpkeeper.lab.S3ProxyGateway;
import dev.dumpkeeper.lab.Tree;

/**
 * The console to try before running anything: an embedded gateway, a database in memory
 * with two weeks of made-up history, a group that exists nowhere, and two users. A JVM
 * then really dies, and the group is notified within seconds.
 */
public final class ConsoleDemo implements AutoCloseable {

	private final S3ProxyGateway gateway;

	private final FakeRobot robot;

	private final ConsoleLab lab;

	private final GroupPage group;

	private ConsoleDemo(S3ProxyGateway gateway, FakeRobot robot, ConsoleLab lab, GroupPage group) {
		this.gateway = gateway;
		this.robot = robot;
		this.lab = lab;
		this.group = group;
	}

	/**
	 * Starts it.
	 * @param now when the story ends
	 */
	static ConsoleDemo start(Instant now) {
		S3ProxyGateway gateway = S3ProxyGateway
			.start(Tree.create().file("jfsdata/dumpfiles/.keep", 7, now).file("reports/dumpfiles/.keep", 7, now));
		FakeRobot robot = FakeRobot.start();
		ConsoleLab lab = ConsoleLab.start(gateway.endpoint(), ConsoleLab.database(),
				"dumpkeeper.security.users-file=" + ConsoleLab.users(), "dumpkeeper.wecom.webhook-url=" + robot.url(),
				"dumpkeeper.wecom.language=en", "dumpkeeper.schedule.reconcile=*/10 * * * * ?");
		Story story = new Story(lab.jdbc(), now);
		story.tell();
		story.files().forEach((file) -> gateway.writeZeros(file.path(), file.size(), file.at()));
		GroupPage group = GroupPage.start(() -> {
			List<String> messages = new ArrayList<>(story.messages());
			messages.addAll(robot.delivered());
			return messages;
		});
		return new ConsoleDemo(gateway, robot, lab, group);
	}

	ConsoleLab lab() {
		return this.lab;
	}

	GroupPage group() {
		return this.group;
	}

	/** Lets a JVM run out of memory, which writes its dump into a volume. */
	void die() throws IOException {
		Path dump = this.gateway.mounted("jfsdata/dumpfiles/dev_leak-0_heapDump.hprof");
		new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx16m",
				"-XX:+HeapDumpOnOutOfMemoryError", "-XX:HeapDumpPath=" + dump, "-cp",
				System.getProperty("java.class.path"), Leak.class.getName())
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
	}

	@Override
	public void close() {
		this.group.close();
		this.lab.close();
		this.robot.close();
		this.gateway.close();
	}

	/**
	 * Starts it, prints where it is and who may sign in, and stays until the process is
	 * stopped.
	 * @throws InterruptedException when it is interrupted instead
	 * @throws IOException when no JVM can be started
	 */
	public static void run() throws InterruptedException, IOException {
		ConsoleDemo demo = start(Instant.now());
		demo.die();
		System.out.println("\nThe console with two weeks of made-up history: " + demo.lab.address("/console"));
		System.out.println("  operator: " + ConsoleLab.OPERATOR + " / " + ConsoleLab.OPERATORS_PASSWORD);
		System.out.println("  viewer:   " + ConsoleLab.VIEWER + " / " + ConsoleLab.VIEWERS_PASSWORD);
		System.out.println("What the group reads: " + demo.group.address());
		System.out.println("A JVM has just died; the group hears of it in a moment. Ctrl-C ends all of this.");
		CountDownLatch end = new CountDownLatch(1);
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			demo.close();
			end.countDown();
		}));
		end.await();
	}

}
