using FastRnn.Benchmarks.Learning;
using FastRnn.Benchmarks.Machine;
using FastRnn.Benchmarks.Models;
using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Comparison;

/// <summary>Learns Tiny Shakespeare for real, and lets the peers do whole training steps of the same model between our steps.</summary>
internal sealed class LearningMatch(MachineProbe machine, bool quick, CancellationToken interrupt)
{
    private const string Group = "learning";
    private const int WarmSteps = 10;
    private readonly int rounds = quick ? 3 : 5;
    private readonly int peerSteps = quick ? 2 : 8;
    private readonly List<string> refusals = [];

    /// <inheritdoc cref="Referee.Refusals"/>
    public IReadOnlyList<string> Refusals => refusals;

    /// <param name="tokens">The text; null if there is none, and then time alone is compared.</param>
    /// <param name="threads">Of ours.</param>
    public IReadOnlyList<ComparisonRow> Hold(int[]? tokens, int threads)
    {
        var workload = new Workload(
            CellKind.Lstm, 64, 128, 2, LearningRun.Streams, LearningRun.Steps, WorkKind.WholeTrainingStep, threads,
            Vocabulary: CharacterModel.Info.Vocabulary);
        var rivals = Rivals.Installed(
            workload, RandomInput.Create(workload), peer => peer == Rivals.PyTorch ? new Goal(1.9) : null).ToList();
        var theirs = new List<Entrant>();
        try
        {
            var qualifying = new Qualifying((rival, reason) => refusals.Add($"{Group}: {rival.Name}: {reason.Message}"));
            foreach (var rival in rivals)
            {
                interrupt.ThrowIfCancellationRequested();
                if (qualifying.Find(rival) is { } entrant)
                {
                    theirs.Add(entrant);
                    entrant.Side.Iterations = peerSteps;
                }
            }

            using var run = new LearningRun(tokens ?? RandomTokens(workload.Vocabulary), seed: 1, threads);
            return Rows(workload, run, theirs, learns: tokens is not null);
        }
        finally
        {
            theirs.ForEach(entrant => entrant.Dispose());
        }
    }

    private List<ComparisonRow> Rows(Workload workload, LearningRun run, List<Entrant> theirs, bool learns)
    {
        var steps = quick ? 250 : 1000;
        run.Advance(WarmSteps);
        using var ours = new Side(new LearningSide(run), (steps - WarmSteps) / rounds);
        for (var round = 0; round < rounds; round++)
        {
            foreach (var side in (Side[])[ours, .. theirs.Select(entrant => entrant.Side)])
            {
                interrupt.ThrowIfCancellationRequested();
                side.TurnOnce();
            }
        }

        run.Advance(steps - WarmSteps - (rounds * ((steps - WarmSteps) / rounds)));
        double? difference = learns ? Math.Abs(run.Validate() - PyTorchReference.Losses[steps]) : null;

        var ns = ours.Median();
        var gflops = Flops.Of(workload) / ns;
        var shape = FormattableString.Invariant($"Tiny Shakespeare, {steps} steps of 64 x 64");
        var note = learns
            ? FormattableString.Invariant(
                $"difference: validation loss from PyTorch's {PyTorchReference.Losses[steps]} at this step, in nats")
            : "random characters, because the text is not there: time alone";
        var rows = theirs.ConvertAll(entrant => Row(entrant.Rival, entrant.Candidate, entrant.Side.Median()));
        return rows.Count > 0 ? rows : [Row(new Rival("none installed", null), null, null)];

        ComparisonRow Row(Rival rival, Candidate? candidate, double? peerNs) => new(
            Group, shape, workload.Threads, rival.Name, ns, peerNs, peerNs / ns, gflops, gflops / machine.Peak(workload.Threads),
            difference,
            ours.AllocatedBytes, ours.Collections, candidate?.Threads ?? 0, candidate?.Version, GoalText(rival),
            rival.Goal is null ? null : Met(rival.Goal, peerNs!.Value / ns), note);

        // Seeds alone make a difference of this order, and only the marks at which runs are judged have a tolerance.
        bool Met(Goal goal, double ratio) =>
            goal.IsMet(ratio, 0) && !(difference > PyTorchReference.Tolerance && PyTorchReference.Judged.Contains(steps));

        string? GoalText(Rival rival) => rival.Goal is null ? null
            : PyTorchReference.Judged.Contains(steps)
            ? FormattableString.Invariant($"{rival.Goal}, loss within {PyTorchReference.Tolerance}")
            : rival.Goal.ToString();
    }

    private static int[] RandomTokens(int vocabulary)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, 600_000).Select(_ => random.Next(vocabulary))];
    }

    /// <summary>A learning run as a side: an iteration is a training step.</summary>
    private sealed class LearningSide(LearningRun run) : IPeerRun
    {
        public double Measure(int iterations) => run.Advance(iterations).TotalNanoseconds;

        public PeerOutput Read() => throw new InvalidOperationException("A learning run is judged by its validation loss.");

        // The run belongs to whoever made it.
        public void Dispose()
        {
        }
    }
}
