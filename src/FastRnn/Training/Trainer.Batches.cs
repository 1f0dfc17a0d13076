using FastRnn.Data;
using FastRnn.Inference;
using FastRnn.Models;
using FastRnn.Threading;

namespace FastRnn.Training;

/// <content>Batches of sequences of any lengths, models of any wiring, and gradients of several batches before one update.</content>
public sealed unsafe partial class Trainer<TModel>
{
    private readonly BatchJob batchJob;
    private long pending;
    private double gathered;
    private bool hasState;

    /// <summary>The gradients of all parameters that <see cref="Accumulate"/> has gathered since the last update, in the order of
    /// <see cref="Model{TSelf}.Parameters"/>. The span is valid while this is reachable and not disposed.</summary>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    public ReadOnlySpan<float> Gradients
    {
        get
        {
            arena.ThrowIfDisposed(this);
            return weights.Gradients;
        }
    }

    /// <summary>A step over a batch of sequences, which begin anew: <see cref="Accumulate"/> and <see cref="Update(float)"/>. Streams that were carried on end: the next window
    /// begins with first states, too.</summary>
    /// <param name="batch">At most <see cref="TrainerOptions.BatchSize"/> sequences of at most <see cref="TrainerOptions.SequenceLength"/> steps, in any order of lengths;
    /// the work follows the sum of the lengths.</param>
    /// <exception cref="ArgumentException">A span has another length, a sequence is too long, or there is something that the model does not read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary.</exception>
    /// <exception cref="InvalidOperationException">The model reads something else; or another thread is in the trainer.</exception>
    /// <exception cref="NonFiniteLossException">The loss or the gradient is NaN or infinite, and nothing was changed; or the update made the
    /// parameters so, and they are lost (<see cref="NonFiniteLossException.ParametersAreLost"/>).</exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    public TrainingResult Step(in SequenceBatch batch)
    {
        using var held = use.Hold(this);
        return Step(in batch, carries: false);
    }

    /// <summary>Adds the gradients of a batch to <see cref="Gradients"/>, and changes no parameter: where the loss is a sum, several small batches make one large one; where it
    /// is a mean, <see cref="Update(float)"/> can take the mean of their means.</summary>
    /// <param name="batch">As for <see cref="Step(in SequenceBatch)"/>.</param>
    /// <returns>The loss of this batch.</returns>
    /// <inheritdoc cref="Step(in SequenceBatch)" path="/exception"/>
    public BatchLoss Accumulate(in SequenceBatch batch)
    {
        using var held = use.Hold(this);
        return AddBatch(in batch, carries: false);
    }

    /// <summary>Clips what <see cref="Accumulate"/> has gathered, and lets the optimizer change the parameters.</summary>
    /// <param name="scale">What the gradients are multiplied by first: 1 / N for the mean of N batches.</param>
    /// <returns>The norm of the gradients, scaled, before they were clipped.</returns>
    /// <exception cref="InvalidOperationException">Nothing was gathered; or another thread is in the trainer.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="scale"/> is not a finite number above 0.</exception>
    /// <exception cref="NonFiniteLossException">The gradient is NaN or infinite, and nothing was changed; or the update made the
    /// parameters so, and they are lost (<see cref="NonFiniteLossException.ParametersAreLost"/>).</exception>
    /// <exception cref="ObjectDisposedException">The trainer was disposed.</exception>
    public double Update(float scale = 1)
    {
        using var held = use.Hold(this);
        if (pending == 0)
        {
            throw new InvalidOperationException("There are no gradients: Accumulate comes before Update.");
        }

        if (!(scale > 0 && float.IsFinite(scale)))
        {
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "Expected a finite number above 0.");
        }

        return Update(gathered * scale, 0, scale).GradientNorm;
    }

    /// <summary>Forgets what was gathered.</summary>
    internal void DropGradients()
    {
        using var held = use.Hold(this);
        pending = 0;
    }

    private TrainingResult Step(in SequenceBatch batch, bool carries)
    {
        carries &= GraphPass<TModel>.CanCarry;
        var (sum, weight) = AddBatch(in batch, carries);
        var result = Update(TModel.Info.Reduction == Reduction.Mean ? sum / weight : sum, sum / weight, 1);
        hasState = carries;
        if (carries)
        {
            workspace.CarryState(run.Plan[TimeDomain.Main].Length[0]);
        }

        GC.KeepAlive(this);
        return result;
    }

    private BatchLoss AddBatch(in SequenceBatch batch, bool carries)
    {
        run.Take(in batch);
        loss.Take(in batch, run.Input, run.Plan);
        run.Graph.IsTraining = true;
        run.Graph.CarriesState = carries && hasState;
        hasState &= carries;
        run.Graph.Key = RandomMask.Key(Options.Seed, unchecked((StepCount << 20) + pending));
        run.Run(team, batchJob, in batch);

        weights.Prepare(run.Plan);
        AddGradients();
        if (!carries)
        {
            // What the rows of these sequences left belongs to no stream.
            workspace.ResetState();
        }

        var result = new BatchLoss(loss.Sum(run.Plan), loss.TotalWeight);
        gathered += result.Sum;
        GC.KeepAlive(this);
        return result;
    }

    private void AddGradients()
    {
        if (pending == 0)
        {
            weights.Clear();
            gathered = 0;
        }

        pending++;
        team.Run(gradientJob);
    }

    private TrainingResult Update(double total, double perPosition, float scale)
    {
        pending = 0;
        var norm = update.MeasureNorm(team) * scale;
        if (!double.IsFinite(total) || !double.IsFinite(norm))
        {
            throw new NonFiniteLossException(StepCount + 1, total, norm);
        }

        if (!update.Apply(team, StepCount + 1, norm, Options.ClipNorm, scale))
        {
            throw NonFiniteLossException.OfUpdate(StepCount + 1, total, norm);
        }

        StepCount++;
        GC.KeepAlive(this);
        return new TrainingResult(total, perPosition, norm);
    }

    /// <summary>From the caller's memory forward, the loss, and backward: each worker its own sequences, and nobody waits for anybody.</summary>
    private sealed class BatchJob(Trainer<TModel> owner) : ITeamJob
    {
        public void Execute(int worker, int workers)
        {
            var (run, backward) = (owner.run, owner.backward);
            run.Forward(worker, in run.From);
            owner.loss.Run(worker, run.Input, run.Plan, in run.From, backward.DOutput);
            backward.RunBatch(worker, run.Plan);
            run.Input.ForgetMissing(worker, in run.From, backward.DInput);
        }
    }
}
