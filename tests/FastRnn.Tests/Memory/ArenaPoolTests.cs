using FastRnn.Memory;

namespace FastRnn.Tests.Memory;

public sealed unsafe class ArenaPoolTests
{
    [Fact]
    public void A_returned_block_is_used_again_and_zeroed_again()
    {
        var pool = new ArenaPool(1 << 20);
        var block = pool.Rent(5000);
        new Span<byte>(block, 5000).Fill(0xFF);
        pool.Return(block, 5000);
        Assert.Equal(ArenaPool.ClassOf(5000), pool.PooledBytes);

        var again = pool.Rent(5001);
        Assert.Equal((nint)block, (nint)again);
        Assert.Equal(-1, new Span<byte>(again, 5001).IndexOfAnyExcept((byte)0));
        Assert.Equal(0, pool.PooledBytes);
        pool.Return(again, 5001);
    }

    [Fact]
    public void The_pool_keeps_no_more_than_its_bound()
    {
        var pool = new ArenaPool(10_000);
        var blocks = new nint[4];
        for (var i = 0; i < blocks.Length; i++)
            blocks[i] = (nint)pool.Rent(4096);
        foreach (var block in blocks)
            pool.Return((byte*)block, 4096);
        Assert.Equal(8192, pool.PooledBytes);
    }

    [Fact]
    public void Classes_cover_their_sizes_and_waste_at_most_a_quarter()
    {
        for (nint size = 4097; size < 1 << 20; size += 511)
        {
            var rounded = ArenaPool.ClassOf(size);
            Assert.InRange(rounded, size, size + size / 4);
            Assert.Equal(rounded, ArenaPool.ClassOf(rounded));
        }

        Assert.Equal(4096, ArenaPool.ClassOf(0));
    }

    [Fact]
    public void Many_threads_may_rent_and_return()
    {
        var pool = new ArenaPool(1 << 20);
        Parallel.For(0, 2000, i =>
        {
            var size = 1000 + i % 7 * 1000;
            var block = pool.Rent(size);
            block[0] = block[size - 1] = 1;
            pool.Return(block, size);
        });
        Assert.InRange(pool.PooledBytes, 4096, 1 << 20);
    }
}
