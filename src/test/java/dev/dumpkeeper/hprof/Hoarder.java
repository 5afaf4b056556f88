package dev.dumpkeeper.hprof;

import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import com.sun.management.HotSpotDiagnosticMXBean;

/**
 * The main class of a JVM whose heap is held in one of several ways, and dumped.
 */
public final class Hoarder {

	static final List<Object> KEPT = new ArrayList<>();

	static final Map<Integer, Session> SESSIONS = new ConcurrentHashMap<>();

	private static final ThreadLocal<List<Order>> LOCAL = new ThreadLocal<>();

	private Hoarder() {
	}

	/**
	 * Holds and dumps.
	 * @param arguments the way, and where the dump goes
	 */
	public static void main(String[] arguments) throws Exception {
		switch (arguments[0]) {
			case "cache" -> Cache.INSTANCE.fill();
			case "tree" -> Library.root = new Branch(null, 12);
			case "list" -> Chain.first = chain(200_000);
			case "sessions" -> {
				List<Session> other = new ArrayList<>();
				for (int i = 0; i < 300; i++) {
					Session session = new Session(20_000);
					SESSIONS.put(i, session);
					other.add(session);
				}
				inThread(() -> LOCAL.set(List.of()), other);
			}
			case "one" -> {
				for (int i = 0; i < 40_000; i++) {
					SESSIONS.put(i, new Session((i == 777) ? 12_000_000 : 100));
				}
			}
			case "thread" -> inThread(() -> LOCAL.set(orders(100_000)), List.of());
			case "soft" -> KEPT.add(new SoftReference<>(new byte[20_000_000]));
			case "finalizer" -> backlog();
			case "loaders" -> load();
			case "local" -> {
				local();
				return;
			}
			default -> KEPT.add("steady");
		}
		ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(arguments[1], true);
		Runtime.getRuntime().halt(0);
	}

	private static void local() {
		List<Order> orders = new ArrayList<>();
		while (true) {
			orders.add(new Order());
		}
	}

	private static List<Order> orders(int count) {
		List<Order> orders = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			orders.add(new Order());
		}
		return orders;
	}

	private static Chain chain(int length) {
		Chain first = null;
		for (int i = 0; i < length; i++) {
			first = new Chain(first);
		}
		return first;
	}

	private static void inThread(Runnable first, Object field) throws InterruptedException {
		CountDownLatch ready = new CountDownLatch(1);
		Worker worker = new Worker(field, () -> {
			first.run();
			ready.countDown();
			new CountDownLatch(1).await();
		});
		worker.setDaemon(true);
		worker.start();
		ready.await();
	}

	private static void backlog() throws InterruptedException {
		CountDownLatch stuck = new CountDownLatch(1);
		Closing.stuck = stuck;
		for (int i = 0; i < 2000; i++) {
			new Closing();
		}
		System.gc();
		stuck.await();
	}

	private static void load() throws Exception {
		byte[] bytes;
		try (InputStream in = Hoarder.class.getResourceAsStream("Hoarder$Plugin.class")) {
			bytes = in.readAllBytes();
		}
		for (int i = 0; i < 300; i++) {
			KEPT.add(new PluginLoader().define(bytes).getDeclaredConstructor().newInstance());
		}
	}

	static final class Cache {

		static final Cache INSTANCE = new Cache();

		private final Map<Integer, Order> orders = new ConcurrentHashMap<>();

		void fill() {
			for (int i = 0; i < 100_000; i++) {
				this.orders.put(i, new Order());
			}
		}

	}

	static final class Order {

		final byte[] content = new byte[100];

	}

	static final class Session {

		final byte[] content;

		Session(int length) {
			this.content = new byte[length];
		}

	}

	static final class Library {

		static Branch root;

	}

	static final class Branch {

		final Branch parent;

		final List<Branch> children = new ArrayList<>();

		final byte[] content = new byte[500];

		Branch(Branch parent, int depth) {
			this.parent = parent;
			for (int i = 0; depth > 0 && i < 2; i++) {
				this.children.add(new Branch(this, depth - 1));
			}
		}

	}

	static final class Chain {

		static Chain first;

		final Chain next;

		final byte[] content = new byte[50];

		Chain(Chain next) {
			this.next = next;
		}

	}

	static final class Worker extends Thread {

		final Object field;

		private final Work work;

		Worker(Object field, Work work) {
			this.field = field;
			this.work = work;
		}

		@Override
		public void run() {
			try {
				this.work.go();
			}
			catch (InterruptedException ex) {
				interrupt();
			}
		}

	}

	interface Work {

		void go() throws InterruptedException;

	}

	static final class Closing {

		static volatile CountDownLatch stuck;

		final byte[] content = new byte[10_000];

		@Override
		@SuppressWarnings({ "deprecation", "removal", "Finalize", "Finalizer" })
		protected void finalize() throws Throwable {
			stuck.countDown();
			new CountDownLatch(1).await();
		}

	}

	static final class PluginLoader extends ClassLoader {

		Class<?> define(byte[] bytes) {
			return defineClass("dev.dumpkeeper.hprof.Hoarder$Plugin", bytes, 0, bytes.length);
		}

	}

	public static final class Plugin {

		static final byte[] CONTENT = new byte[50_000];

	}

}
