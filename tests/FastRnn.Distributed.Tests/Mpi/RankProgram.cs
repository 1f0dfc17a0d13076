using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

using FastRnn.Distributed.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Distributed.Tests.Mpi;

/// <summary>The program that mpirun starts.</summary>
internal static class RankProgram
{
    public static int Main(string[] args)
    {
        var ranks = MpiRanks.Join();
        switch (args[0])
        {
            case "stream":
                using (var model = new StreamText(seed: 1))
                using (var trainer = RankedRun.Stream(model, ranks, threads: 1 + (ranks.Rank % 2)))
                {
                    Write(args[1], ranks, RankedRun.Train(trainer, RankedRun.Text(), steps: 12));
                }

                return 0;
            case "pairs":
                using (var model = new PairTranslator(seed: 2))
                {
                    RankedRun.Translate(model, ranks, threads: 1, steps: 12);
                    Write(args[1], ranks, [.. model.Parameters.ToArray().Select(value => (double)value)]);
                }

                return 0;
            case "reference":
            case "attention":
                File.WriteAllText(
                    string.Create(CultureInfo.InvariantCulture, $"{args[1]}.{ranks.Rank}"),
                    LongRun.Hash(args[0], ranks, threads: 1 + (ranks.Rank % 2)));
                return 0;
            case "checkpoint":
                return Checkpoint(ranks, args[1], Number(args[2]), every: 2, args.Length > 3 ? Number(args[3]) : -1);
            case "campaign":
                KillLater(ranks, Number(args[3]), Number(args[4]));
                return Checkpoint(ranks, args[1], Number(args[2]), every: 1, killed: -1);
            case "other":
                using (var model = new StreamText(seed: ranks.Rank == 1 ? 2 : 1))
                {
                    RankedRun.Stream(model, ranks).Dispose();
                }

                return 0;
            case "nan":
                using (var model = new StreamText(seed: 1))
                {
                    using (var edit = model.Edit())
                    {
                        edit.Parameters.Fill(float.MaxValue);
                    }

                    using var trainer = RankedRun.Stream(model, ranks);
                    RankedRun.Train(trainer, RankedRun.Text(), steps: 1);
                }

                return 0;
            case "broken":
                return GiveUp(ranks);
            default:
                throw new ArgumentException(
                    $"'{args[0]}': expected stream, pairs, reference, attention, checkpoint, campaign, other, nan or broken.",
                    nameof(args));
        }
    }

    /// <summary>A rank kills itself after so many milliseconds, whatever it does then.</summary>
    private static void KillLater(RankGroup ranks, int rank, int delay)
    {
        if (ranks.Rank == rank)
        {
            new Thread(() =>
            {
                Thread.Sleep(delay);
                Process.GetCurrentProcess().Kill();
            })
            { IsBackground = true }.Start();
        }
    }

    /// <summary>Trains to a step and saves now and then; goes on if there is a file. A rank may kill itself before the last step.</summary>
    private static int Checkpoint(RankGroup ranks, string path, int steps, int every, int killed)
    {
        using var model = new StreamText(seed: 1);
        using var trainer = RankedRun.Stream(model, ranks);
        var loop = trainer.CreateLoop(RankedRun.Text(), new() { Steps = steps, CheckpointPath = path, CheckpointEvery = every });
        if (File.Exists(path))
        {
            loop.Resume(path);
        }

        loop.Run(progress =>
        {
            if (ranks.Rank == killed && progress.Step == steps - 1)
            {
                Process.GetCurrentProcess().Kill();
            }
        });
        return 0;
    }

    /// <summary>The last rank has another batch, catches what is thrown, and ends as if all were well.</summary>
    private static int GiveUp(RankGroup ranks)
    {
        using var model = new PairTranslator(seed: 1);
        using var trainer = new Trainer<PairTranslator>(model, new() { BatchSize = 2, Ranks = ranks });
        try
        {
            trainer.Step(RankedRun.Pair(ranks.Rank == ranks.Count - 1 ? [1, 2] : [2, 2]));
        }
        catch (InvalidOperationException e)
        {
            Console.WriteLine(e.Message);
        }

        return 0;
    }

    private static void Write(string path, RankGroup ranks, List<double> numbers) => File.WriteAllBytes(
        string.Create(CultureInfo.InvariantCulture, $"{path}.{ranks.Rank}"), MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(numbers)));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
