using FastRnn.Data;
using FastRnn.Training;

namespace FastRnn.Compiler.Typed;

/// <summary>An evaluator of the generated class.</summary>
internal sealed class TypedEvaluator<TModel>(CompiledModel model, Evaluator<TModel> evaluator) : CompiledEvaluator
    where TModel : class, IModel<TModel>
{
    public override CompiledModel Model => model;

    public override int BatchSize => evaluator.BatchSize;

    public override BatchLoss Evaluate(in SequenceBatch batch, EvaluationMetrics? metrics = null) => evaluator.Evaluate(in batch, metrics);

    public override double LossSum(Inputs inputs, Targets targets) => evaluator.LossSum(inputs, targets);

    public override double MeanLoss(IBatchSource batches, EvaluationMetrics? metrics = null) => evaluator.MeanLoss(batches, metrics);

    public override void ResetState() => evaluator.ResetState();

    public override void Dispose() => evaluator.Dispose();
}
