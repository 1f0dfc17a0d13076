using System.Diagnostics;

using FastRnn.Inference;

namespace FastRnn.Embedded.Measure;

/// <summary><c>steps</c>: steps of both models, call by call and in blocks, in turns.</summary>
internal static class StepsMeasurement
{
    private const int Block = 64;

    public static void Run(Settings settings, Findings findings)
    {
        using var keywords = new Turns<KeywordSpotter>(new KeywordSpotter(), "keywords", settings.Rounds);
        using var pedal = new Turns<Pedal>(new Pedal(), "pedal", settings.Rounds);
        var spent = default(Spent);
        for (var round = -settings.WarmRounds; round < settings.Rounds; round++)
        {
            spent = round <= 0 ? new Spent() : spent;
            keywords.Take(settings.TurnSeconds, isCounted: round >= 0);
            pedal.Take(settings.TurnSeconds, isCounted: round >= 0);
        }

        spent!.Report(findings);
        findings.Add("framework", Environment.Version.Major);
        findings.Add("vector_bits", (int)SimdWidths.Resolve(SimdWidth.Auto));
        keywords.Report(findings);
        pedal.Report(findings);
    }

    private sealed class Turns<TModel> : IDisposable
        where TModel : class, IModel<TModel>
    {
        private readonly string name;
        private readonly Session<TModel> session;
        private readonly float[] x = new float[Block * TModel.Info.InputSize];
        private readonly float[] y = new float[Block * TModel.Info.OutputSize];
        private readonly Durations steps;
        private readonly Durations blocks;

        public Turns(TModel model, string name, int rounds)
        {
            this.name = name;
            session = new Session<TModel>(model, new() { Threads = 1 });
            (steps, blocks) = (new Durations(rounds), new Durations(rounds));
            var random = new Random(1);
            foreach (ref var value in x.AsSpan())
            {
                value = random.NextSingle() - 0.5f;
            }
        }

        public void Take(double seconds, bool isCounted)
        {
            var (byStep, byBlock) = (Time(seconds, inBlocks: false), Time(seconds, inBlocks: true));
            if (isCounted)
            {
                steps.Add(byStep);
                blocks.Add(byBlock);
            }
        }

        public void Report(Findings findings)
        {
            findings.Add($"{name}_step_ns", steps.Quantile(0.5) / 1000);
            findings.Add($"{name}_step_in_block_ns", blocks.Quantile(0.5) / 1000);
            findings.Add($"{name}_steps_a_second", 1e12 / steps.Quantile(0.5));
            findings.Add($"{name}_steps_a_second_in_blocks", 1e12 / blocks.Quantile(0.5));
        }

        public void Dispose() => session.Dispose();

        /// <summary>Ticks of a thousand steps.</summary>
        private long Time(double seconds, bool inBlocks)
        {
            var (begin, end, done) = (Stopwatch.GetTimestamp(), 0L, 0L);
            var limit = begin + Durations.Ticks(seconds);
            while (end < limit)
            {
                for (var i = 0; i < 16; i++)
                {
                    Steps(inBlocks);
                }

                done += 16 * Block;
                end = Stopwatch.GetTimestamp();
            }

            return (long)((end - begin) * (1000.0 / done));
        }

        private void Steps(bool inBlocks)
        {
            if (inBlocks)
            {
                session.Run(x, y);
                return;
            }

            for (var t = 0; t < Block; t++)
            {
                session.Step(x.AsSpan(t * TModel.Info.InputSize, TModel.Info.InputSize), y.AsSpan(0, TModel.Info.OutputSize));
            }
        }
    }
}
