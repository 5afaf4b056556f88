package dev.dumpkeeper.hprof;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The main class of a JVM that dies of OutOfMemoryError, in one of several ways.
 */
public final class Glutton {

	private static final List<Object> HELD = new ArrayList<>();

	private Glutton() {
	}

	/**
	 * Starts.
	 * @param arguments the way: {@code list}, {@code array}, {@code threads},
	 * {@code classes}; or {@code hold} to hold some things and wait for the end of the
	 * input
	 * @throws Exception when something else goes wrong
	 */
	public static void main(String[] arguments) throws Exception {
		switch (arguments[0]) {
			case "list" -> fill(Integer.MAX_VALUE);
			case "array" -> {
				HELD.add(new byte[9 * 1024 * 1024]);
				HELD.add(new long[100 * 1024 * 1024]);
			}
			case "threads" -> {
				CountDownLatch never = new CountDownLatch(1);
				for (int i = 0; i < 1500; i++) {
					Thread thread = new Thread(null, () -> await(never), "waits-" + i, 64 * 1024);
					thread.setDaemon(true);
					thread.start();
				}
				fill(Integer.MAX_VALUE);
			}
			case "classes" -> load();
			default -> {
				fill(20_000);
				System.out.println("ready");
				while (System.in.read() >= 0) {
					continue;
				}
				System.out.println(HELD.size());
			}
		}
	}

	private static void fill(int most) {
		Map<Integer, Order> orders = new HashMap<>();
		HELD.add(orders);
		for (int i = 0; i < most; i++) {
			orders.put(i, new Order(i, "order " + i % 500));
			HELD.add(new Express(i));
			HELD.add(new short[i % 7]);
			HELD.add(new Object[i % 5]);
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void load() throws IOException, ReflectiveOperationException {
		byte[] bytes;
		try (InputStream in = Glutton.class.getResourceAsStream("Glutton$Order.class")) {
			bytes = in.readAllBytes();
		}
		while (true) {
			Loader loader = new Loader();
			HELD.add(loader.define(bytes));
		}
	}

	/** Loads one class. */
	static final class Loader extends ClassLoader {

		private Class<?> define(byte[] bytes) {
			return defineClass(Order.class.getName(), bytes, 0, bytes.length);
		}

	}

	/** Has fields of many types. */
	static class Order {

		final byte kind;

		final long number;

		final String name;

		final boolean paid;

		Order(int number, String name) {
			this.kind = (byte) number;
			this.number = number;
			this.name = name;
			this.paid = number % 2 == 0;
		}

	}

	/** Has fields in two levels. */
	static final class Express extends Order {

		final int hours;

		final double price;

		final Object next;

		Express(int number) {
			super(number, "express");
			this.hours = number;
			this.price = number;
			this.next = null;
		}

	}

}
