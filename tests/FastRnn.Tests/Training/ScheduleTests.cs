using FastRnn.Training;

namespace FastRnn.Tests.Training;

/// <summary>Each schedule against its formula, written down another way.</summary>
public sealed class ScheduleTests
{
    [Fact]
    public void A_constant_rate_stays()
    {
        Assert.Equal(0.5, new ConstantRate(0.5).At(0));
        Assert.Equal(0.5, new ConstantRate(0.5).At(long.MaxValue));
    }

    [Fact]
    public void Step_decay_multiplies_every_so_many_steps()
    {
        var schedule = new StepDecay(0.8, every: 3, factor: 0.5);
        Assert.Equal([0.8, 0.8, 0.8, 0.4, 0.4, 0.4, 0.2, 0.2, 0.2, 0.1], Rates(schedule, 10));
        var slow = new StepDecay(1, every: 1, factor: 0.99);
        foreach (var step in (int[])[1, 2, 3, 100, 1023, 1024, 3001])
            Assert.Equal(Math.Pow(0.99, step), slow.At(step), 1e-12 * Math.Pow(0.99, step));
        Assert.Equal(0, slow.At(long.MaxValue));
    }

    [Fact]
    public void Linear_decay_is_a_straight_line_and_then_stays()
    {
        Assert.Equal([1, 0.8, 0.6, 0.4, 0.2, 0.2], Rates(new LinearDecay(1, steps: 4, final: 0.2), 6).Select(rate => Math.Round(rate, 12)));
        Assert.Equal(0.1, LinearDecay.Between(1, 0.1, done: 1), 1e-15);
    }

    [Fact]
    public void Cosine_decay_is_half_a_wave_and_then_stays()
    {
        var schedule = new CosineDecay(3, steps: 200, minimum: 1);
        for (var step = 0; step <= 200; step++)
            Assert.Equal(1 + ((3 - 1) * (1 + Math.Cos(Math.PI * step / 200)) / 2), schedule.At(step), 1e-14);
        Assert.Equal((3.0, 2.0, 1.0, 1.0), (schedule.At(0), schedule.At(100), schedule.At(200), schedule.At(201)));
    }

    [Fact]
    public void The_cosine_is_right_but_for_its_last_bits()
    {
        for (var i = 0; i <= 10_000; i++)
            Assert.Equal(Math.Cos(Math.PI * i / 10_000), CosineDecay.CosineOfPi(i / 10_000.0), 1e-15);
    }

    [Fact]
    public void A_warm_up_rises_to_another_schedule_whose_steps_are_counted_along()
    {
        Assert.Equal([0.25, 0.5, 0.75, 1, 1], Rates(new Warmup(new ConstantRate(1), 4), 5));
        Assert.Equal([0.25, 0.5, 0.375, 0.5, 0.25], Rates(new Warmup(new StepDecay(1, every: 2, factor: 0.5), 4), 5));
    }

    /// <summary>PyTorch's ReduceLROnPlateau with patience 2 and cooldown 1, followed by hand: a reduction comes with the third measurement
    /// without progress.</summary>
    [Fact]
    public void A_plateau_reduces_the_rate()
    {
        var schedule = new ReduceOnPlateau(1, factor: 0.5, patience: 2, threshold: 0.1, cooldown: 1, minimum: 0.2);
        (double Loss, double Rate)[] history =
        [
            (10, 1), (8, 1), // progress
            (7.9, 1), (7.3, 1), // less than a tenth is none
            (7.1, 1), // but that is more than a tenth below 8
            (7.1, 1), (9, 1), (double.NaN, 0.5), // three without
            (9, 0.5), // rests
            (9, 0.5), (9, 0.5), (9, 0.25),
            (6, 0.25), // rests, and makes progress
            (6, 0.25), (6, 0.25), (6, 0.2), // not below the minimum
            (6, 0.2), (6, 0.2), (6, 0.2), (6, 0.2), (6, 0.2),
        ];
        foreach (var (loss, rate) in history)
        {
            schedule.Report(loss);
            Assert.Equal(rate, schedule.At(123));
        }
    }

    [Fact]
    public void What_a_plateau_remembers_comes_back()
    {
        double[] losses = [5, 4, 4, 4, 3, 3, 3, 3, 3, 3];
        for (var cut = 0; cut < losses.Length; cut++)
        {
            var (whole, first, second) = (Create(), Create(), Create());
            foreach (var loss in losses[..cut])
            {
                whole.Report(loss);
                first.Report(loss);
            }

            second.RestoreState(first.SaveState());
            foreach (var loss in losses[cut..])
            {
                whole.Report(loss);
                second.Report(loss);
                Assert.Equal(whole.At(1), second.At(1));
            }
        }

        Assert.Throws<FormatException>(() => Create().RestoreState([1, 2, 3]));
        Assert.Throws<FormatException>(() => Create().RestoreState([double.NaN, 2, 3, 4]));
        Assert.Throws<FormatException>(() => Create().RestoreState([1, 2, -1, 4]));
        Assert.Throws<FormatException>(() => new ConstantRate(1).RestoreState([1]));
        Assert.True(Create().NeedsValidation);

        static LearningRateSchedule Create() => new Warmup(new ReduceOnPlateau(1, factor: 0.5, patience: 1, cooldown: 1), 4);
    }

    [Fact]
    public void Numbers_out_of_their_range_are_refused()
    {
        foreach (var create in (Func<LearningRateSchedule>[])
            [
                () => new ConstantRate(-1), () =>
                    new ConstantRate(double.NaN), () => new StepDecay(1, 0), () => new StepDecay(1, 1, 0), () => new StepDecay(1, 1, 1.1),
                () => new LinearDecay(1, 0), () =>
                    new LinearDecay(1, 1, -1), () => new CosineDecay(double.PositiveInfinity, 1), () => new CosineDecay(1, 0),
                () => new Warmup(new ConstantRate(1), 0), () =>
                    new ReduceOnPlateau(1, factor: 0), () => new ReduceOnPlateau(1, patience: -1),
                () => new ReduceOnPlateau(1, threshold: 1), () =>
                    new ReduceOnPlateau(1, cooldown: -1), () => new ReduceOnPlateau(1, minimum: -1),
            ])
        {
            Assert.Throws<ArgumentOutOfRangeException>(create);
        }

        foreach (var schedule in (LearningRateSchedule[])[new StepDecay(1, 1), new LinearDecay(1, 1), new CosineDecay(1, 1),
            new Warmup(new ConstantRate(1), 1)])
            Assert.Throws<ArgumentOutOfRangeException>(() => schedule.At(-1));
    }

    private static double[] Rates(LearningRateSchedule schedule, int steps) =>
        [.. Enumerable.Range(0, steps).Select(step => schedule.At(step))];
}
