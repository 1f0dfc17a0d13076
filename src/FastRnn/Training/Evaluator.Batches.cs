using FastRnn.Data;
using FastRnn.Inference;
using FastRnn.Models;
using FastRnn.Threading;

namespace FastRnn.Training;

/// <content>Batches of sequences of any lengths, models of any wiring.</content>
public sealed unsafe partial class Evaluator<TModel>
{
    private bool hasState;

    /// <summary>The loss of a batch of sequences, which begin anew. Streams that were carried on end: the next window begins with first states, too.</summary>
    /// <param name="batch">At most B sequences of at most T steps, with targets.</param>
    /// <exception cref="ArgumentException">A span has another length, a sequence is too long, or there is something that the model does not read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public BatchLoss Evaluate(in SequenceBatch batch) => Evaluate(in batch, carries: false);

    private BatchLoss Evaluate(in SequenceBatch batch, bool carries)
    {
        arena.ThrowIfDisposed(this);
        carries &= GraphPass<TModel>.CanCarry;
        run.Take(in batch);
        loss.Take(in batch, run.Input, run.Plan);
        run.Graph.CarriesState = carries && hasState;
        run.Run(team, batchJob, in batch);

        hasState = carries;
        if (carries)
        {
            workspace.CarryState(run.Plan[TimeDomain.Main].Length[0]);
        }
        else
        {
            // What the rows of these sequences left belongs to no stream.
            workspace.ResetState();
        }

        var result = new BatchLoss(loss.Sum(run.Plan), loss.TotalWeight);
        GC.KeepAlive(this);
        return result;
    }

    private sealed class BatchJob(Evaluator<TModel> owner) : ITeamJob
    {
        public void Execute(int worker, int workers)
        {
            owner.run.Forward(worker, in owner.run.From);
            owner.loss.Run(worker, owner.run.Input, owner.run.Plan, in owner.run.From, owner.dOutput);
        }
    }
}
