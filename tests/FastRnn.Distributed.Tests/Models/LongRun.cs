using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

using FastRnn.Data;
using FastRnn.Training;

namespace FastRnn.Distributed.Tests.Models;

/// <summary>Trainings of which the weights are compared by their hash. A campaign: FASTRNN_RANK_STEPS says how many steps, FASTRNN_TEXT
/// is the file of Tiny Shakespeare; without it characters are random.</summary>
internal static class LongRun
{
    private const int Streams = 64, Window = 64;

    /// <summary>Whether there is a campaign.</summary>
    public static bool IsCampaign => Environment.GetEnvironmentVariable("FASTRNN_RANK_STEPS") is not null;

    private static int Steps => int.Parse(Environment.GetEnvironmentVariable("FASTRNN_RANK_STEPS") ?? "2", CultureInfo.InvariantCulture);

    /// <summary>Trains, and hashes the weights.</summary>
    /// <param name="name"><c>reference</c>, the character model, or <c>attention</c>, an encoder and a decoder with attention.</param>
    /// <param name="ranks">Null: this process alone.</param>
    /// <param name="threads">Of this rank.</param>
    public static string Hash(string name, RankGroup? ranks, int threads)
    {
        if (name == "attention")
        {
            using var translator = new PairTranslator(seed: 2);
            RankedRun.Translate(translator, ranks, threads, Steps);
            return Hash(translator.Parameters);
        }

        using var model = new ReferenceText(seed: 1);
        using var trainer = new Trainer<ReferenceText>(model, new()
        {
            BatchSize = Streams,
            SequenceLength = Window,
            ClipNorm = 5,
            Threads = threads,
            Optimizer = new Adam(2e-3f),
            Ranks = ranks,
        });
        trainer.CreateLoop(new ContiguousStreams(Text(), Streams, Window), new() { Steps = Steps }).Run();
        return Hash(model.Parameters);
    }

    private static string Hash(ReadOnlySpan<float> parameters) =>
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(parameters)));

    private static int[] Text()
    {
        if (Environment.GetEnvironmentVariable("FASTRNN_TEXT") is { Length: > 0 } path)
        {
            var text = File.ReadAllText(path);
            return new CharVocabulary(text).Encode(text);
        }

        var random = new Random(7);
        return [.. Enumerable.Range(0, (2 * Streams * Window) + 1).Select(_ => random.Next(65))];
    }
}
