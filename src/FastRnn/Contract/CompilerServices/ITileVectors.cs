namespace FastRnn.CompilerServices;

/// <summary>Which of a tile's vectors of accumulators an operand multiplies: what the JIT knows when it compiles a loop.</summary>
internal interface ITileVectors
{
    /// <summary>Whether it multiplies this one of <paramref name="count"/>.</summary>
    static abstract bool Has(int vector, int count);

    /// <summary>The place of its weights among those of an element.</summary>
    static abstract int Place(int vector);

    /// <summary>All of them.</summary>
    internal readonly struct All : ITileVectors
    {
        public static bool Has(int vector, int count) => vector < count;

        public static int Place(int vector) => vector;
    }

    /// <summary>All but the last one.</summary>
    internal readonly struct AllButLast : ITileVectors
    {
        public static bool Has(int vector, int count) => vector < count - 1;

        public static int Place(int vector) => vector;
    }

    /// <summary>All but the first one.</summary>
    internal readonly struct AllButFirst : ITileVectors
    {
        public static bool Has(int vector, int count) => vector > 0 && vector < count;

        public static int Place(int vector) => vector - 1;
    }
}
