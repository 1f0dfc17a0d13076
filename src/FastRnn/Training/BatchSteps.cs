using FastRnn.Data;
using FastRnn.Models;

namespace FastRnn.Training;

/// <summary>A step on a batch, whatever the model reads and predicts.</summary>
internal static class BatchSteps
{
    public static TrainingResult Step<TModel>(Trainer<TModel> trainer, in SequenceBatch batch)
        where TModel : Model<TModel>, IModel<TModel> => (batch.Tokens.IsEmpty, batch.TargetTokens.IsEmpty) switch
        {
            (false, false) => trainer.Step(batch.Tokens, batch.TargetTokens),
            (false, true) => trainer.Step(batch.Tokens, batch.Targets),
            (true, false) => trainer.Step(batch.X, batch.TargetTokens),
            _ => trainer.Step(batch.X, batch.Targets),
        };
}
