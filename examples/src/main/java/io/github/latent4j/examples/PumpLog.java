package io.github.latent4j.examples;

import io.github.latent4j.examples.notebook.Notebook;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A table to learn from: readings of four pumps, made by a program from a seed. Its columns are of all kinds (a date, categories,
 * numbers, yes and no) and depend on each other as those of a real pump do: speed gives flow and pressure, both give power, power
 * heats the motor. Some cells are missing, and some rows can be faulty in ways that no single column shows. {@code main}
 * writes the tables of the model {@code models/pump-anomalies}.
 */
public final class PumpLog {
    /** What is wrong with a row. */
    public enum Fault {
        /** Nothing. */
        NONE,
        /** Water is lost behind the pump: less flow than speed and power say. */
        LEAK,
        /** A bearing is worn: it shakes, and the motor is warmer than its load explains. */
        BEARING,
        /** The valve is said to be open, and is not: full pressure and hardly any flow. */
        VALVE,
        /** The sensor of the ambient temperature drifted. */
        SENSOR,
        /** The log has another mode than the pump runs in. */
        MODE
    }

    private enum Mode {
        IDLE(600, 25),
        NORMAL(1450, 50),
        BOOST(2200, 60);

        private final double speed;
        private final double spread;

        Mode(double speed, double spread) {
            this.speed = speed;
            this.spread = spread;
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final String COLUMNS =
            "time,pump,mode,valve_open,speed_rpm,flow_m3h,pressure_bar,power_kw,motor_c,ambient_c,vibration_mm_s";

    private static final double[] CAPACITY = {1.00, 0.94, 1.12, 1.05};
    private static final double[] EFFICIENCY = {0.72, 0.68, 0.75, 0.70};
    private static final int MINUTES_BETWEEN_ROWS = 131;
    private static final double MISSING = 0.02;

    private PumpLog() {}

    /**
     * Writes the tables of {@code models/pump-anomalies}: a year without faults, and 1,500 rows of the next one in which a tenth is
     * faulty, which the column {@code faulty} says.
     *
     * @param arguments the folder to write into; without it, {@code out/PumpLog} of the examples' folder
     * @throws IOException if a file cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        Path folder =
                Files.createDirectories(arguments.length == 0 ? Notebook.folder(PumpLog.class) : Path.of(arguments[0]));
        writeHealthy(folder.resolve("normal.csv"), 4_000, 1);
        writeTroubled(folder.resolve("test.csv"), 1_500, 2, 0.1);
        System.out.println("wrote normal.csv and test.csv into " + folder);
    }

    /**
     * Writes a table in which nothing is wrong.
     *
     * @param file where to
     * @param rows how many
     * @param seed any number
     * @throws IOException if the file cannot be written
     */
    public static void writeHealthy(Path file, int rows, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(COLUMNS + "\n");
            for (int i = 0; i < rows; i++) {
                out.write(Reading.draw(time(2024, i), random).text(random) + "\n");
            }
        }
    }

    /**
     * Writes a table in which some rows are faulty, with a last column {@code faulty} that says yes or no.
     *
     * @param file where to
     * @param rows how many
     * @param seed any number
     * @param share of the faulty rows, from 0 to 1
     * @return what is wrong with each row
     * @throws IOException if the file cannot be written
     */
    public static List<Fault> writeTroubled(Path file, int rows, long seed, double share) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        List<Fault> faults = new ArrayList<>();
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(COLUMNS + ",faulty\n");
            for (int i = 0; i < rows; i++) {
                Fault fault = random.nextDouble() < share
                        ? Fault.values()[1 + random.nextInt(Fault.values().length - 1)]
                        : Fault.NONE;
                Reading healthy = Reading.draw(time(2025, i), random);
                while (!healthy.canShow(fault)) {
                    healthy = Reading.draw(time(2025, i), random);
                }
                Reading reading = healthy.with(fault, random);
                out.write(reading.text(random) + (fault == Fault.NONE ? ",no" : ",yes") + "\n");
                faults.add(fault);
            }
        }
        return List.copyOf(faults);
    }

    private static LocalDateTime time(int year, int row) {
        return LocalDateTime.of(year, 1, 1, 0, 0).plusMinutes((long) row * MINUTES_BETWEEN_ROWS);
    }

    private record Reading(
            LocalDateTime time,
            int pump,
            Mode mode,
            boolean open,
            double speed,
            double flow,
            double pressure,
            double power,
            double motor,
            double ambient,
            double vibration) {
        private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

        static Reading draw(LocalDateTime time, SplittableRandom random) {
            int pump = random.nextInt(CAPACITY.length);
            double night = time.getHour() < 6 ? 0.5 : 0.15;
            double choice = random.nextDouble();
            Mode mode = choice < night ? Mode.IDLE : choice > 0.85 ? Mode.BOOST : Mode.NORMAL;
            boolean open = random.nextDouble() < (mode == Mode.IDLE ? 0.4 : 0.97);
            double speed = mode.speed + mode.spread * random.nextGaussian();
            double turns = speed / Mode.NORMAL.speed;
            double demand = 0.75 + 0.3 * random.nextDouble();
            double flow = 40 * CAPACITY[pump] * turns * (open ? demand : 0.01) * (1 + 0.015 * random.nextGaussian());
            double pressure = Math.max(
                    0.01,
                    4 * turns * turns * (open ? 1.1 - 0.35 * demand * demand : 1.2) + 0.03 * random.nextGaussian());
            double power = Math.max(
                    0.01,
                    flow * pressure / 36 / EFFICIENCY[pump] + 0.5 * Math.pow(turns, 3) + 0.04 * random.nextGaussian());
            double ambient = 11
                    - 9 * Math.cos(2 * Math.PI * (time.getDayOfYear() - 20) / 365)
                    - 3 * Math.cos(2 * Math.PI * (time.getHour() - 3) / 24)
                    + 1.5 * random.nextGaussian();
            double motor = ambient + 5 * Math.pow(power, 0.8) + 0.6 * random.nextGaussian();
            double vibration = (0.6 + 0.9 * turns) * Math.exp(0.08 * random.nextGaussian());
            return new Reading(time, pump, mode, open, speed, flow, pressure, power, motor, ambient, vibration);
        }

        /** Whether a fault can be seen here: what is wrong with the water can be seen only where water runs. */
        boolean canShow(Fault fault) {
            return (fault != Fault.LEAK && fault != Fault.VALVE) || (open && mode != Mode.IDLE);
        }

        Reading with(Fault fault, SplittableRandom random) {
            double much = 0.8 + 0.4 * random.nextDouble();
            return switch (fault) {
                case NONE -> this;
                case LEAK ->
                    new Reading(
                            time,
                            pump,
                            mode,
                            open,
                            speed,
                            flow * (1 - 0.3 * much),
                            pressure,
                            power,
                            motor,
                            ambient,
                            vibration);
                case BEARING ->
                    new Reading(
                            time,
                            pump,
                            mode,
                            open,
                            speed,
                            flow,
                            pressure,
                            power,
                            motor + 5 * much,
                            ambient,
                            vibration * (1 + 0.4 * much));
                case VALVE -> {
                    double turns = speed / Mode.NORMAL.speed;
                    double shut = 4.8 * turns * turns;
                    double idling = 0.5 * Math.pow(turns, 3) + 0.05;
                    yield new Reading(
                            time,
                            pump,
                            mode,
                            true,
                            speed,
                            0.4 * turns,
                            shut,
                            idling,
                            ambient + 5 * Math.pow(idling, 0.8),
                            ambient,
                            vibration);
                }
                case SENSOR ->
                    new Reading(
                            time, pump, mode, open, speed, flow, pressure, power, motor, ambient + 9 * much, vibration);
                case MODE ->
                    new Reading(
                            time,
                            pump,
                            mode == Mode.NORMAL ? Mode.IDLE : Mode.NORMAL,
                            open,
                            speed,
                            flow,
                            pressure,
                            power,
                            motor,
                            ambient,
                            vibration);
            };
        }

        /** A line of the table, in which some readings of sensors are missing. */
        String text(SplittableRandom random) {
            return String.join(
                    ",",
                    TIME.format(time),
                    "P" + (pump + 1),
                    mode.text(),
                    open ? "yes" : "no",
                    String.format(Locale.ROOT, "%.0f", speed),
                    cell("%.2f", flow, random),
                    cell("%.2f", pressure, random),
                    cell("%.2f", power, random),
                    cell("%.1f", motor, random),
                    cell("%.1f", ambient, random),
                    cell("%.2f", vibration, random));
        }

        private static String cell(String format, double value, SplittableRandom random) {
            return random.nextDouble() < MISSING ? "" : String.format(Locale.ROOT, format, value);
        }
    }
}
