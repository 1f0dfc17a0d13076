using System.Reflection;
using System.Runtime.InteropServices;

namespace FastRnn.Mutants.Running;

/// <summary>Which mutant is on, in the runtime of this process.</summary>
internal sealed class MutantSwitch
{
    private readonly FieldInfo active;
    private readonly nint reached;
    private readonly int count;

    /// <param name="count">One more than the highest number of a mutant.</param>
    public MutantSwitch(int count)
    {
        var type = Assembly.Load("FastRnn").GetType("FastRnn.CompilerServices.MutantSwitch", throwOnError: true)!;
        active = type.GetField("Active")!;
        this.count = count;
        reached = Marshal.AllocHGlobal(count);
        type.GetField("Reached")!.SetValue(null, reached);
    }

    /// <summary>From now on this one is on.</summary>
    public void On(int mutant) => active.SetValue(null, mutant);

    /// <summary>From now on none is.</summary>
    public void Off() => active.SetValue(null, 0);

    /// <summary>None is on, and which places are reached is noted.</summary>
    public unsafe void Note()
    {
        new Span<byte>((void*)reached, count).Clear();
        active.SetValue(null, -1);
    }

    /// <summary>The mutants whose places were reached since <see cref="Note"/>.</summary>
    public unsafe int[] Reached()
    {
        Off();
        var places = new ReadOnlySpan<byte>((void*)reached, count).ToArray();
        return [.. Enumerable.Range(0, count).Where(id => places[id] != 0)];
    }
}
