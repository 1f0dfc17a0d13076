using FastRnn.Data;
using FastRnn.Models;

namespace FastRnn.Training;

/// <summary>The loss over a whole data set.</summary>
public static class EvaluatorExtensions
{
    /// <summary>The mean loss of a position over one epoch, from its first batch: what <see cref="TrainingLoopOptions.Validate"/> should measure. Allocates nothing
    /// after the first time.</summary>
    /// <param name="evaluator">Measures; its lengths are at least those of the batches, and so is its batch size; equal, where batches say no lengths.</param>
    /// <param name="batches">What is not learned, in any order; their position is changed.</param>
    /// <exception cref="ArgumentException">A batch does not fit the model or the evaluator.</exception>
    /// <exception cref="ObjectDisposedException">The evaluator was disposed.</exception>
    public static double MeanLoss<TModel>(this Evaluator<TModel> evaluator, IBatchSource batches)
        where TModel : Model<TModel>, IModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(evaluator);
        ArgumentNullException.ThrowIfNull(batches);
        var (sum, weight) = (0.0, 0.0);
        batches.Position = 0;
        for (var i = 0; i < batches.BatchesPerEpoch; i++)
        {
            var batch = batches.Next(out var begins);
            if (batch.Lengths.IsEmpty)
                BatchSteps.CheckBatch(batches, evaluator.BatchSize);
            if (begins)
                evaluator.ResetState();
            if (BatchSteps.IsWindow(batch))
            {
                sum += LossSum(evaluator, batch);
                weight += batch.TargetTokens.IsEmpty ? batch.Targets.Length / TModel.Info.OutputSize : batch.TargetTokens.Length;
            }
            else
            {
                var loss = evaluator.Evaluate(batch);
                sum += loss.Sum;
                weight += loss.Weight;
            }
        }

        return sum / weight;
    }

    private static double LossSum<TModel>(Evaluator<TModel> evaluator, in SequenceBatch batch)
        where TModel : Model<TModel>, IModel<TModel> => (batch.Tokens.IsEmpty, batch.TargetTokens.IsEmpty) switch
        {
            (false, false) => evaluator.LossSum(batch.Tokens, batch.TargetTokens),
            (false, true) => evaluator.LossSum(batch.Tokens, batch.Targets),
            (true, false) => evaluator.LossSum(batch.X, batch.TargetTokens),
            _ => evaluator.LossSum(batch.X, batch.Targets),
        };
}
