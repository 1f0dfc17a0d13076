using FastRnn.Cli.Models;
using FastRnn.Cli.Progress;
using FastRnn.Cli.Training;
using FastRnn.CompilerServices;

namespace FastRnn.Cli.Search;

/// <summary>A candidate's turn in a round: it goes on where the last one ended, as <c>train --resume</c> does.</summary>
internal sealed class CandidateTask(
    Candidate candidate, TrainingSetup setup, ITrainingProgress progress, CancellationToken interrupt) : IByteModelTask<TrainingOutcome>
{
    public TrainingOutcome Run<TModel>(Func<int, TModel> create)
        where TModel : class, IModel<TModel>, ITokenModel
    {
        using var model = setup.CreateModel(create);
        using var run = new TrainingRun<TModel>(model, setup, progress);
        candidate.Parameters = TModel.Info.ParameterCount;
        var outcome = run.Run(interrupt);
        candidate.Steps = run.Steps;
        candidate.BytesPerSecond = run.Meter.BytesPerSecond;
        switch (outcome)
        {
            case TrainingOutcome.Finished when run.LastValidationLoss is { } loss:
                candidate.Loss = loss;
                candidate.Rounds++;
                break;
            case TrainingOutcome.Interrupted:
                break;
            default:
                candidate.HasDiverged = true;
                candidate.Loss = null;
                break;
        }

        return outcome;
    }
}
