package dev.dumpkeeper.console;

import java.time.Instant;
import java.util.concurrent.CountDownLatch;

import dev.dumpkeeper.lab.S3ProxyGateway;
import dev.dumpkeeper.lab.Tree;

/**
 * The console for whoever wants to look before running anything: an embedded gateway, a
 * database in memory with two weeks of made-up history, and two users.
 */
public final class ConsoleDemo {

	private ConsoleDemo() {
	}

	/**
	 * Starts it, prints where it is and who may sign in, and stays until the process is
	 * told to end.
	 * @throws InterruptedException when it is interrupted instead
	 */
	public static void run() throws InterruptedException {
		Instant now = Instant.now();
		S3ProxyGateway gateway = S3ProxyGateway
			.start(Tree.create().file("jfsdata/dumpfiles/.keep", 7, now).file("reports/dumpfiles/.keep", 7, now));
		ConsoleLab lab = ConsoleLab.start(gateway.endpoint(), ConsoleLab.database(),
				"dumpkeeper.security.users-file=" + ConsoleLab.users());
		new Story(lab.jdbc(), now).tell();
		System.out.println("\nThe console with two weeks of made-up history: " + lab.address("/console"));
		System.out.println("  operator: " + ConsoleLab.OPERATOR + " / " + ConsoleLab.OPERATORS_PASSWORD);
		System.out.println("  viewer:   " + ConsoleLab.VIEWER + " / " + ConsoleLab.VIEWERS_PASSWORD);
		System.out.println("Ctrl-C ends it.");
		CountDownLatch end = new CountDownLatch(1);
		Runtime.getRuntime().addShutdownHook(new Thread(end::countDown));
		end.await();
	}

}
