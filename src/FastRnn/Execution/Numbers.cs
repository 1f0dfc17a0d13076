namespace FastRnn.Execution;

/// <summary>Queries and loops over numbers, for what is made at the start of a run. LINQ's are code of the framework for each type that
/// they run over, and for numbers no assembly of it has them compiled: a process would compile each anew, some half a millisecond apiece, a
/// hundred of them before the first step of training. These are compiled with the library.</summary>
internal static unsafe class Numbers
{
    /// <summary>The number of each item, which is told with its index.</summary>
    public static int[] Of<T>(IReadOnlyList<T> items, Func<T, int, int> number)
        where T : class
    {
        var numbers = new int[items.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = number(items[i], i);
        }

        return numbers;
    }

    /// <summary>The numbers below <paramref name="count"/> of which something is true, ascending.</summary>
    public static int[] Below(int count, Func<int, bool> isTrue)
    {
        var found = 0;
        var numbers = new int[count];
        for (var i = 0; i < count; i++)
        {
            if (isTrue(i))
            {
                numbers[found++] = i;
            }
        }

        return numbers.AsSpan(0, found).ToArray();
    }

    /// <summary>The largest number of an item; 0 if there are none, or none is larger.</summary>
    public static int Max<T>(IReadOnlyList<T> items, Func<T, int> number)
        where T : class
    {
        var largest = 0;
        for (var i = 0; i < items.Count; i++)
        {
            largest = Math.Max(largest, number(items[i]));
        }

        return largest;
    }

    /// <summary>The sum of the items' numbers, each told with its index.</summary>
    /// <exception cref="OverflowException">It is too large.</exception>
    public static long Sum<T>(IReadOnlyList<T> items, Func<T, int, long> number)
        where T : class
    {
        var sum = 0L;
        for (var i = 0; i < items.Count; i++)
        {
            sum = checked(sum + number(items[i], i));
        }

        return sum;
    }

    /// <summary>Writes the same number to all places; the framework's way is code for vectors, which is compiled as late.</summary>
    public static void Fill(int* to, int count, int number)
    {
        for (var i = 0; i < count; i++)
        {
            to[i] = number;
        }
    }

    /// <summary>Whether a number is among others.</summary>
    public static bool Has(IReadOnlyList<int> numbers, int number)
    {
        for (var i = 0; i < numbers.Count; i++)
        {
            if (numbers[i] == number)
            {
                return true;
            }
        }

        return false;
    }
}
