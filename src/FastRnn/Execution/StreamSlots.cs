using System.Runtime.CompilerServices;

using FastRnn.CompilerServices;
using FastRnn.Kernels;

namespace FastRnn.Execution;

/// <summary>Where a stream is in its buffers of states: each step has a slot, the next one begins with what the last one left in its own,
/// and when the slots are used up, the last one's states are copied to the front.</summary>
internal sealed unsafe class StreamSlots
{
    private readonly MovingState[] states;
    private readonly int capacity;
    private int slot;
    private bool isTurned;

    /// <summary>Finds the states that move.</summary>
    /// <param name="workspace">The memory, after it was carved.</param>
    /// <param name="steps">Its layers of the model's own time.</param>
    /// <param name="capacity">Steps for which there are slots.</param>
    public StreamSlots(Workspace workspace, LayerStep[] steps, int capacity)
    {
        this.capacity = capacity;
        // Loops, and no queries: each type that a query runs over is code of its own in a native program.
        var count = 0;
        foreach (var step in steps)
        {
            for (var s = 0; s < step.StateSizes.Length; s++)
            {
                count += workspace[step.Index].States[s].Step == 0 ? 0 : 1;
            }
        }

        states = new MovingState[count];
        foreach (var step in steps)
        {
            for (var s = 0; s < step.StateSizes.Length; s++)
            {
                var buffer = workspace[step.Index].States + s;
                if (buffer->Step != 0)
                    states[^count--] = new MovingState(buffer, step.StateSizes[s]);
            }
        }
    }

    /// <summary>A single step of all rows was done: the next one begins with what it left, and leaves its own in the slot before. So the
    /// states of single steps stay where they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Turn()
    {
        slot += isTurned ? -1 : 1;
        isTurned = !isTurned;
        foreach (ref readonly var state in states.AsSpan())
        {
            var step = state.Buffer->Step;
            state.Buffer->Values += step;
            state.Buffer->Step = -step;
        }
    }

    /// <summary>Sees to it that so many slots lie ahead.</summary>
    public void MakeRoom(int steps, int batch)
    {
        Straighten();
        if (slot + steps > capacity)
        {
            Rewind(batch, copies: true);
        }
    }

    /// <summary>The next step begins behind these.</summary>
    public void Move(int steps, int batch)
    {
        slot += steps;
        foreach (ref readonly var state in states.AsSpan())
        {
            state.Buffer->Values += (nint)steps * batch * state.Floats;
        }
    }

    /// <summary>The next step begins with the first slot again.</summary>
    public void Rewind(int batch, bool copies)
    {
        Straighten();
        foreach (ref readonly var state in states.AsSpan())
        {
            var floats = batch * state.Floats;
            var last = state.Buffer->Values;
            state.Buffer->Values -= (nint)slot * floats;
            if (copies)
            {
                VectorRows.Copy(last, state.Buffer->Values, floats);
            }
        }

        slot = 0;
    }

    /// <summary>The slot of the next step is ahead again.</summary>
    private void Straighten()
    {
        if (isTurned)
        {
            isTurned = false;
            foreach (ref readonly var state in states.AsSpan())
            {
                state.Buffer->Step = -state.Buffer->Step;
            }
        }
    }

    /// <summary>A state with a slot for each step.</summary>
    private readonly struct MovingState(StateBuffer* buffer, int floats)
    {
        /// <summary>Where it stands.</summary>
        public StateBuffer* Buffer { get; } = buffer;

        /// <summary>Floats of a row.</summary>
        public int Floats { get; } = floats;
    }
}
