package io.github.latent4j.runtime;

import io.github.latent4j.runtime.Column.Category;
import io.github.latent4j.runtime.Column.Cycle;
import io.github.latent4j.runtime.Column.Flag;
import io.github.latent4j.runtime.Column.Moment;
import io.github.latent4j.runtime.Column.Numeric;
import io.github.latent4j.runtime.InputContract.Table;
import io.github.latent4j.runtime.Scaling.Basis;
import io.github.latent4j.runtime.Scaling.Linear;
import io.github.latent4j.runtime.Scaling.Quantiles;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Tables of columns of all kinds, drawn at random or one that has every kind. */
public final class RandomTables {
    private RandomTables() {}

    /** A table in which every kind of column and every scaling stands, some with an indicator. */
    public static Table ofAllKinds() {
        double[] values = {-1, 0, 2.5, 40};
        double[] scores = {-1.5, -0.25, 0.5, 1.5};
        return new Table(List.of(
                new Numeric("plain", Scaling.NONE, false),
                new Numeric("plain, with holes", Scaling.NONE, true),
                new Numeric("weight", new Linear(Basis.STANDARD, 71.25, 12.5, 6), true),
                new Numeric("income", new Linear(Basis.ROBUST, 2.0e4, 7.5e3, Double.POSITIVE_INFINITY), false),
                new Numeric("share", new Linear(Basis.MIN_MAX, 0, 100, 2), false),
                new Numeric("amount \"£\"", new Quantiles(values, scores, 4), true),
                new Category("colour", List.of("red", "green", "Blau, hell"), true),
                new Category("size", List.of("38", "39.5"), false),
                new Flag("smokes", "no", "yes", true),
                new Flag("valid", "0", "1", false),
                moment("born", MomentFormat.DAY_DOT_MONTH, false, Set.of(Cycle.YEAR), false),
                moment("seen", MomentFormat.ISO, true, EnumSet.allOf(Cycle.class), true),
                moment("paid", MomentFormat.EPOCH_MILLIS, true, Set.of(Cycle.DAY, Cycle.WEEK), false),
                moment("left", MomentFormat.MONTH_SLASH_DAY, false, Set.of(Cycle.WEEK), false),
                moment("came", MomentFormat.DAY_SLASH_MONTH, true, Set.of(Cycle.DAY), false)));
    }

    private static Moment moment(String name, MomentFormat format, boolean time, Set<Cycle> cycles, boolean indicator) {
        return new Moment(name, format, time, LocalDate.of(2023, 11, 23), LocalDate.of(2026, 2, 3), cycles, indicator);
    }

    /** A scaling of any kind. */
    static Scaling scaling(Random random) {
        double clip = random.nextBoolean() ? Double.POSITIVE_INFINITY : 1 + 9 * random.nextDouble();
        double magnitude = Math.pow(10, random.nextInt(13) - 6);
        int kind = random.nextInt(5);
        if (kind == 0) {
            return Scaling.NONE;
        }
        if (kind == 1) {
            double[] values = increasing(random, magnitude);
            return new Quantiles(values, increasing(random, values.length, 3), clip);
        }
        return new Linear(
                Basis.values()[kind - 2],
                magnitude * random.nextGaussian() * 10,
                magnitude * (0.01 + random.nextDouble()),
                clip);
    }

    private static double[] increasing(Random random, double magnitude) {
        return increasing(random, 2 + random.nextInt(20), magnitude);
    }

    private static double[] increasing(Random random, int count, double magnitude) {
        TreeSet<Double> values = new TreeSet<>();
        while (values.size() < count) {
            values.add(magnitude * random.nextGaussian());
        }
        return values.stream().mapToDouble(v -> v).toArray();
    }

    /** A column of any kind. */
    static Column column(String name, Random random) {
        boolean indicator = random.nextBoolean();
        return switch (random.nextInt(4)) {
            case 0 -> new Numeric(name, scaling(random), indicator);
            case 1 -> {
                List<String> known = new ArrayList<>();
                for (int i = random.nextInt(8); i >= 0; i--) {
                    known.add((random.nextBoolean() ? "" : "ä\", ") + i);
                }
                yield new Category(name, known, indicator);
            }
            case 2 -> new Flag(name, random.nextBoolean() ? "0" : "nein", random.nextBoolean() ? "1" : "ja", indicator);
            default -> {
                LocalDate first =
                        LocalDate.ofYearDay(1600 + random.nextInt(800), 1).plusDays(random.nextInt(366));
                List<Cycle> cycles = new ArrayList<>(List.of(Cycle.values()));
                cycles.removeIf(cycle -> random.nextInt(3) == 0);
                yield new Moment(
                        name,
                        MomentFormat.values()[random.nextInt(MomentFormat.values().length)],
                        random.nextBoolean(),
                        first,
                        first.plusDays((long) Math.pow(10, 4.5 * random.nextDouble()) - 1),
                        cycles.isEmpty() ? Set.of(Cycle.DAY) : Set.copyOf(cycles),
                        indicator);
            }
        };
    }

    /** One to six columns of any kind. */
    static Table table(Random random) {
        List<Column> columns = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            columns.add(column("c " + i, random));
        }
        return new Table(columns);
    }

    /** A text that a column takes, among them now and then a missing cell. */
    static String cell(Column column, Random random) {
        if (random.nextInt(6) == 0) {
            return List.of("", " ", "?", "NA", "n/a", "NaN", "null").get(random.nextInt(7));
        }
        if (column instanceof Numeric number) {
            double feature = Math.max(-0.999, Math.min(0.999, random.nextGaussian() / 3));
            return Double.toString(number.scaling().undo(feature));
        }
        if (column instanceof Category category) {
            int i = random.nextInt(category.known().size() + 1);
            return i == category.known().size()
                    ? "never seen"
                    : category.known().get(i);
        }
        if (column instanceof Flag flag) {
            return random.nextBoolean() ? flag.yes() : flag.no();
        }
        Moment moment = (Moment) column;
        boolean timed = moment.withTime() && moment.cycles().contains(Cycle.DAY); // else midnight comes back
        long days = moment.last().toEpochDay() - moment.first().toEpochDay() + 1;
        return moment.format()
                .write(
                        moment.first()
                                .plusDays((long) (random.nextDouble() * days))
                                .atStartOfDay()
                                .plusSeconds(timed ? random.nextInt(86_400) : 0),
                        moment.withTime());
    }
}
