namespace FastRnn.CompilerServices;

/// <summary>Work that is written once for every vector width: a struct that holds the arguments, so that nothing is allocated.</summary>
internal interface ISimdWork
{
    /// <summary>Does it.</summary>
    /// <typeparam name="S">The operations.</typeparam>
    /// <typeparam name="V">The vector.</typeparam>
    void Run<S, V>()
        where S : ISimd<V>
        where V : struct;
}
