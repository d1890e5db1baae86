using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NacrithOnnx.Format;

namespace NacrithOnnx.Tests.Format;

/// <summary>The system's SHA-256 is the oracle of the one here.</summary>
public sealed class Sha256Tests
{
    /// <summary>The examples of FIPS 180-4 and NIST's long message.</summary>
    [Theory]
    [InlineData("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    [InlineData("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")]
    public void The_vectors_of_the_standard(string text, int times, string expected)
    {
        var message = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, times)));

        Assert.Equal(expected, Sha256Digest.Compute(message).ToString());
        using var portable = new Sha256(platform: null);
        portable.Append(message);
        Assert.Equal(expected, Sha256Digest.Finish(portable).ToString());
    }

    [Fact]
    public void Every_length_around_a_block_gives_the_hash_of_the_system()
    {
        var message = RandomBytes(3 * Sha256.BlockLength, seed: 1);
        for (var length = 0; length <= message.Length; length++)
        {
            Assert.Equal(Expected(message.AsSpan(0, length)), Sha256Digest.Compute(message.AsSpan(0, length)));
        }
    }

    [Fact]
    public void A_message_in_any_pieces_has_one_hash_on_both_paths() =>
        Prop.ForAll<int[], int>((pieces, seed) =>
        {
            using var portable = new Sha256(platform: null);
            using var usual = new Sha256();
            using var whole = new MemoryStream();
            foreach (var length in pieces)
            {
                var piece = RandomBytes(Math.Abs(length % 300), seed);
                portable.Append(piece);
                usual.Append(piece);
                whole.Write(piece);
            }

            var expected = Expected(whole.ToArray());
            return Sha256Digest.Finish(portable) == expected && Sha256Digest.Finish(usual) == expected
                && Sha256Digest.Finish(portable) == Sha256Digest.Compute([]);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_portable_function_agrees_with_the_one_in_use()
    {
        var message = RandomBytes(64 * Sha256.BlockLength, seed: 2);
        var (portable, used) = (new uint[Sha256Block.StateLength], new uint[Sha256Block.StateLength]);
        Sha256Block.Start(portable);
        Sha256Block.Start(used);

        Sha256Block.UpdatePortable(portable, message);
        Sha256Block.Update(used, message);

        Assert.Equal(portable, used);
    }

    private static Sha256Digest Expected(ReadOnlySpan<byte> message) =>
        Sha256Digest.FromBytes(SHA256.HashData(message));

    private static byte[] RandomBytes(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
