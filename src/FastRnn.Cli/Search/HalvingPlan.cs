using FastRnn.Cli.Training;

namespace FastRnn.Cli.Search;

/// <summary>Successive halving (Jamieson and Talwalkar, "Non-stochastic best arm identification and hyperparameter optimization", 2016):
/// the budget is cut into ceil(log2 n) equal rounds, each is shared out equally among the candidates that are left, and after it the
/// better half goes on.</summary>
internal sealed class HalvingPlan
{
    private readonly List<(int Candidates, TrainingPlan Until)> rounds = [];

    /// <param name="candidates">n, at least 1.</param>
    /// <param name="budget">All steps, or all seconds, of all candidates together.</param>
    /// <exception cref="CommandException">There is not a step for each.</exception>
    public HalvingPlan(int candidates, TrainingPlan budget)
    {
        var count = Math.Max(1, (int)Math.Ceiling(Math.Log2(candidates)));
        var (steps, seconds, left) = (0L, 0.0, candidates);
        for (var round = 0; round < count; round++, left = (left + 1) / 2)
        {
            if (budget.Steps is { } allSteps && allSteps < (long)left * count)
            {
                throw CommandException.Usage(FormattableString.Invariant(
                    $"--steps: {candidates} candidates in {count} rounds need at least {(long)left * count}, got {allSteps}"));
            }

            steps += (budget.Steps ?? 0) / ((long)left * count);
            seconds += (budget.Seconds ?? 0) / (left * count);
            rounds.Add((left, new TrainingPlan(budget.Steps is null ? null : steps, budget.Seconds is null ? null : seconds)));
        }
    }

    /// <summary>How many candidates take part in a round, and until which step or second of its own each trains in it.</summary>
    public IReadOnlyList<(int Candidates, TrainingPlan Until)> Rounds => rounds;

    /// <summary>The plan of who is there to the end: its learning rate falls as in a training of that length.</summary>
    public TrainingPlan Whole => rounds[^1].Until;
}
