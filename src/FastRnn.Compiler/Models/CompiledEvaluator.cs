using FastRnn.Data;
using FastRnn.Training;

namespace FastRnn.Compiler;

/// <summary><see cref="Evaluator{TModel}"/> of a compiled model: the declared loss without training. Each call is handed on to it: ranges
/// and exceptions are its own.</summary>
public abstract class CompiledEvaluator : IDisposable
{
    private protected CompiledEvaluator()
    {
    }

    /// <inheritdoc cref="Evaluator{TModel}.Model"/>
    public abstract CompiledModel Model { get; }

    /// <inheritdoc cref="Evaluator{TModel}.BatchSize"/>
    public abstract int BatchSize { get; }

    /// <inheritdoc cref="Evaluator{TModel}.Evaluate(in SequenceBatch, EvaluationMetrics)"/>
    public abstract BatchLoss Evaluate(in SequenceBatch batch, EvaluationMetrics? metrics = null);

    /// <inheritdoc cref="Evaluator{TModel}.LossSum(Inputs, Targets)"/>
    public abstract double LossSum(Inputs inputs, Targets targets);

    /// <inheritdoc cref="Evaluator{TModel}.MeanLoss(IBatchSource, EvaluationMetrics)"/>
    public abstract double MeanLoss(IBatchSource batches, EvaluationMetrics? metrics = null);

    /// <inheritdoc cref="Evaluator{TModel}.ResetState()"/>
    public abstract void ResetState();

    /// <inheritdoc cref="Evaluator{TModel}.Dispose()"/>
    public abstract void Dispose();
}
